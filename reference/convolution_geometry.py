"""The geometry of a convolution: how large its result is, what it sees, as which matrix it acts."""

from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import (
    FloatArray,
    IntegerArray,
    is_pair,
    read_floats,
    read_integer,
    read_pair,
)
from reference.windows import Padding, Pair, Windows, read_windows


@overload
def conv_output_size(
    input_size: int,
    kernel_size: int,
    stride: int = ...,
    padding: int | str = ...,
    dilation: int = ...,
) -> int: ...


@overload
def conv_output_size(
    input_size: int | Pair,
    kernel_size: int | Pair,
    stride: int | Pair = ...,
    padding: Padding = ...,
    dilation: int | Pair = ...,
) -> int | Pair: ...


def conv_output_size(
    input_size: int | Pair,
    kernel_size: int | Pair,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
) -> int | Pair:
    """Return how many windows fit on an axis, or on both: the size of a convolution's result.

    size = floor((input_size + before + after - dilation*(kernel_size - 1) - 1) / stride) + 1

    Arguments:
        input_size, kernel_size, stride, dilation: an integer of at least 1, or a pair
            (vertical, horizontal).
        padding: as in conv2d; an integer p pads p before and p after.

    Result: an int when every argument is one number (padding may be "valid" or "same"), else a
    tuple of two ints, in which a single number counts for both axes.

    Conventions: the division is rounded down, so the last pixels may be in no window (ELTE writes
    the floor, BME leaves it out). The padding p counts twice, once for each side.

    Raises ValueError for a kernel larger than the padded input or numbers out of range; TypeError
    for anything but integers.

    Source: ELTE, Lecture 3; BME, cases shape-1, shape-2 and shape-3; with dilation as in
    torch.nn.Conv2d.

    >>> conv_output_size(32, 5)  # 32 - 5 + 1
    28
    >>> conv_output_size((5, 7), 3, stride=2, padding=(1, 0))
    (3, 3)
    """
    size, kernel = read_pair("input_size", input_size, 1), read_pair("kernel_size", kernel_size, 1)
    counts = read_windows("kernel_size", size, kernel, stride, padding, dilation).counts
    has_pair = any(map(is_pair, (input_size, kernel_size, stride, padding, dilation)))
    return counts if has_pair else counts[0]


def conv_parameter_count(
    in_channels: int,
    out_channels: int,
    kernel_size: int | Pair,
    bias: bool = True,
    groups: int = 1,
) -> int:
    """Return how many numbers a convolution layer learns.

    count = out_channels * (in_channels/groups * kH * kW + 1)     without the 1 if there is no bias

    Arguments:
        in_channels, out_channels: integers of at least 1.
        kernel_size: an integer of at least 1, or a pair (vertical, horizontal).
        bias: whether each kernel has one.
        groups: a divisor of both numbers of channels.

    Result: an int.

    Conventions: the size of the image, the stride and the dilation do not matter: the weights are
    shared by all windows. BME prints the count of one kernel ("weights per plane") and that of all.

    Raises ValueError for numbers out of range or groups that do not divide the channels; TypeError
    for anything but integers, and for a bias that is not True or False.

    Source: BME, cases shape-1 (912), shape-2 (14448) and shape-3 (9264); torch.nn.Conv2d.

    >>> conv_parameter_count(3, 12, 5)  # 12 * (3*5*5 + 1)
    912
    """
    inputs = read_integer("in_channels", in_channels, 1)
    outputs = read_integer("out_channels", out_channels, 1)
    height, width = read_pair("kernel_size", kernel_size, 1)
    groups = read_integer("groups", groups, 1)
    if not isinstance(bias, bool | np.bool_):
        raise TypeError(f"bias: got {bias!r}, expected True or False")
    if inputs % groups or outputs % groups:
        raise ValueError(
            f"groups: got {groups}, expected a divisor of in_channels {inputs} "
            f"and of out_channels {outputs}"
        )
    return outputs * (inputs // groups * height * width + int(bias))


def conv_coverage(
    input_size: int | Pair,
    kernel_size: int | Pair,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
) -> IntegerArray:
    """Return how many windows see each pixel.

    coverage[r, c] = the number of (i, j, u, v) for which the tap (u, v) of the window (i, j) is
    pixel (r, c): r = i*stride + u*dilation - top, and likewise c

    Arguments:
        input_size, kernel_size, stride, dilation: an integer of at least 1, or a pair
            (vertical, horizontal).
        padding: as in conv2d.

    Result: shape (H, W), int64. An input_size of one number is that of a square image.

    Conventions: a window that lies partly in the padding counts like any other. A pixel that no
    window sees (the stride is larger than the kernel, or the last windows do not reach it) is 0.

    Raises ValueError for a kernel larger than the padded input or numbers out of range; TypeError
    for anything but integers.

    Source: ELTE, Lecture 3, case elte-coverage: without padding a 3x3 kernel sees the corner of a
    5x5 image once and its centre 9 times; with "same" the corner 4 times.

    >>> conv_coverage(4, 3)
    array([[1, 2, 2, 1],
           [2, 4, 4, 2],
           [2, 4, 4, 2],
           [1, 2, 2, 1]])
    """
    size, kernel = read_pair("input_size", input_size, 1), read_pair("kernel_size", kernel_size, 1)
    windows = read_windows("kernel_size", size, kernel, stride, padding, dilation)
    rows, columns = (_cover(size[axis], kernel[axis], windows, axis) for axis in (0, 1))
    return np.outer(rows, columns)


def _cover(size: int, kernel_size: int, windows: Windows, axis: int) -> IntegerArray:
    """Return how many windows see each place of one axis."""
    counts = np.zeros(size, np.int64)
    for tap in range(kernel_size):
        _, places = _meet(tap, size, windows, axis)
        counts[places] += 1
    return counts


def _meet(tap: int, size: int, windows: Windows, axis: int) -> tuple[IntegerArray, IntegerArray]:
    """Return the windows of which the tap lies inside the image, and where, on one axis."""
    count = np.arange(windows.counts[axis])
    places = count * windows.stride[axis] + tap * windows.dilation[axis] - windows.padding[axis][0]
    inside = (places >= 0) & (places < size)
    return count[inside], places[inside]


def conv_matrix(
    weight: ArrayLike,
    input_size: int | Pair,
    *,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
) -> FloatArray:
    """Return the matrix that the convolution of an image is: mostly zeros, and the same weights.

    conv_matrix(weight, (H, W), ...) @ x.reshape(-1) = conv2d(x, weight, ...).reshape(-1)

    Arguments:
        weight: kernels, shape (O, C/groups, kH, kW), or one kernel for one channel, shape (kH, kW).
        input_size: the size (H, W) of the image; an integer means a square one.
        stride, padding, dilation, groups: as in conv2d.

    Result: shape (O*H'*W', C*H*W), float32 for float32, else float64: a row for each number of the
    result, a column for each number of the image.

    Conventions: the kernel is not flipped. What a window has in the padding, which is zero, has no
    column; so an infinite weight over the padding, which makes NaN of conv2d's result, does not
    here. The matrix takes O*H'*W' * C*H*W numbers: it is meant for small images.

    Raises ValueError for shapes that do not fit, a kernel larger than the padded input or numbers
    out of range; TypeError for other dtypes.

    Source: NCU, Lecture of 2023-10-12: six inputs fully connected to six units have 36 weights, a
    kernel of three has 3 (case shape-6); torch.nn.functional.unfold.

    >>> conv_matrix([[1, 2, 3]], (1, 5)).astype(int)
    array([[1, 2, 3, 0, 0],
           [0, 1, 2, 3, 0],
           [0, 0, 1, 2, 3]])
    """
    (weight,) = read_floats(weight=weight)
    size, groups = read_pair("input_size", input_size, 1), read_integer("groups", groups, 1)
    weight = _read_kernels(weight, groups)
    channels = weight.shape[1] * groups
    kernel = weight.shape[2], weight.shape[3]
    windows = read_windows("weight", size, kernel, stride, padding, dilation)
    dense = _fill_groups(weight, groups)
    matrix = np.zeros((len(weight), *windows.counts, channels, *size), weight.dtype)
    for u, v in np.ndindex(kernel):
        (i, rows), (j, columns) = _meet(u, size[0], windows, 0), _meet(v, size[1], windows, 1)
        # The indices come first in what this assigns to: (window row, window column, O, C).
        matrix[:, i[:, None], j, :, rows[:, None], columns] = dense[:, :, u, v]
    return matrix.reshape(len(weight) * windows.counts[0] * windows.counts[1], -1)


def _read_kernels(weight: FloatArray, groups: int) -> FloatArray:
    if weight.ndim not in (2, 4) or 0 in weight.shape:
        expected = "(O, C/groups, kH, kW) or (kH, kW), each at least 1"
        raise ValueError(f"weight: got shape {weight.shape}, expected {expected}")
    kernels = weight if weight.ndim == 4 else weight[np.newaxis, np.newaxis]
    if len(kernels) % groups:
        raise ValueError(
            f"groups: got {groups}, expected a divisor of {len(kernels)} kernels "
            f"(weight has shape {weight.shape})"
        )
    return kernels


def _fill_groups(weight: FloatArray, groups: int) -> FloatArray:
    """Return kernels of all channels, zero where they belong to another group."""
    kernels, channels = weight.shape[0] // groups, weight.shape[1]
    dense = np.zeros((len(weight), channels * groups, *weight.shape[2:]), weight.dtype)
    for g in range(groups):
        own = slice(g * kernels, (g + 1) * kernels)
        dense[own, g * channels : (g + 1) * channels] = weight[own]
    return dense
