"""Convolution as deep learning means it, and the size of what it returns."""

from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, is_pair, read_floats, read_integer, read_pair
from reference.backends import load_kernels
from reference.windows import Pair, count_windows, read_padding

Padding = int | Pair | tuple[Pair, Pair] | str


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    backend: str = "cpu",
) -> FloatArray:
    """Return the cross-correlation of each image with each kernel.

    out[n, o, i, j] = bias[o] + sum over c, u, v of
        weight[o, c, u, v] * padded[n, g*C/groups + c, i*stride + u*dilation, j*stride + v*dilation]

    where padded is x with zeros around it and g = floor(o / (O/groups)) is the group of o.

    Arguments:
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        weight: kernels, shape (O, C/groups, kH, kW).
        bias: shape (O,), or None for no bias.
        stride, dilation: an integer of at least 1, or a pair (vertical, horizontal).
        padding: rows and columns of zeros: an integer, a pair (vertical, horizontal),
            ((top, bottom), (left, right)), "valid" (none) or "same" (the result is as large as x).
        groups: the channels and the kernels are cut into so many parts that do not mix.
        backend: "cpu".

    Result: shape (N, O, H', W'), or (O, H', W') for one image; see conv_output_size. Its dtype is
    float32 when all arrays are float32, else float64. float32 is summed in float64.

    Conventions: the kernel is not flipped. Mathematics and the lecture of UFV flip it and call that
    convolution; PyTorch, Keras and the lectures of BME, ELTE and NCU do not. "same" needs stride 1
    and, when the number of rows or columns to add is odd, adds the extra one at the bottom or the
    right, as PyTorch does. A zero of the padding is multiplied like any pixel: an infinite weight
    over it gives NaN.

    Raises ValueError for shapes that do not fit, a kernel larger than the padded input, numbers out
    of range or an unknown backend; TypeError for other dtypes.

    Source: ELTE, Lecture 3, case elte-conv-5x5 (there 82, 68, 46, ...); case
    elte-vertical-edge-window tells a flipped kernel; torch.nn.functional.conv2d.

    >>> x = [[[2, 5, 3], [2, 4, 3], [5, 4, 2]]]
    >>> conv2d(x, [[[[1, 0, -1], [1, 0, -1], [1, 0, -1]]]])  # (2+2+5) - (3+3+2)
    array([[[1.]]])
    """
    x, weight, *given = read_floats(**_named(x, weight, bias))
    groups = read_integer("groups", groups, 1)
    _check_shapes(x, weight, groups)
    bias = given[0] if given else np.zeros(weight.shape[0], x.dtype)
    _check_bias(bias, weight)
    stride, dilation = read_pair("stride", stride, 1), read_pair("dilation", dilation, 1)
    kernel_size = (weight.shape[2], weight.shape[3])
    sides = read_padding(padding, kernel_size, stride, dilation)
    size = count_windows("weight", (x.shape[-2], x.shape[-1]), kernel_size, stride, sides, dilation)
    kernels = load_kernels("convolution", backend)
    images = x if x.ndim == 4 else x[np.newaxis]
    out = np.empty((images.shape[0], weight.shape[0], *size), x.dtype)
    top_left = (sides[0][0], sides[1][0])
    kernels.conv2d(out, images, weight, bias, stride, top_left, dilation, groups)
    return out if x.ndim == 4 else out[0]


def _named(x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None) -> dict[str, ArrayLike]:
    named = {"x": x, "weight": weight}
    return named if bias is None else named | {"bias": bias}


def _check_shapes(x: FloatArray, weight: FloatArray, groups: int) -> None:
    if x.ndim not in (3, 4) or 0 in x.shape[-3:]:
        expected = "(N, C, H, W) or (C, H, W) with C, H, W at least 1"
        raise ValueError(f"x: got shape {x.shape}, expected {expected}")
    if weight.ndim != 4 or 0 in weight.shape:
        expected = "(O, C/groups, kH, kW), each at least 1"
        raise ValueError(f"weight: got shape {weight.shape}, expected {expected}")
    if weight.shape[0] % groups or x.shape[-3] % groups:
        raise ValueError(
            f"groups: got {groups}, expected a divisor of {x.shape[-3]} channels "
            f"(x has shape {x.shape}) and of {weight.shape[0]} kernels "
            f"(weight has shape {weight.shape})"
        )
    if weight.shape[1] != x.shape[-3] // groups:
        raise ValueError(
            f"weight: got shape {weight.shape}, expected (O, {x.shape[-3] // groups}, kH, kW) "
            f"for x of shape {x.shape} and groups={groups}"
        )


def _check_bias(bias: FloatArray, weight: FloatArray) -> None:
    if bias.shape != weight.shape[:1]:
        raise ValueError(
            f"bias: got shape {bias.shape}, expected {weight.shape[:1]} "
            f"for weight of shape {weight.shape}"
        )


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
    steps, spread = read_pair("stride", stride, 1), read_pair("dilation", dilation, 1)
    sides = read_padding(padding, kernel, steps, spread)
    counts = count_windows("kernel_size", size, kernel, steps, sides, spread)
    has_pair = any(map(is_pair, (input_size, kernel_size, stride, padding, dilation)))
    return counts if has_pair else counts[0]
