"""Convolution as deep learning means it, and as mathematics does."""

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import (
    FloatArray,
    is_on_device,
    load_device_arrays,
    read_array,
    read_integer,
)
from reference.convolution_operands import (
    Plan,
    check_bias,
    check_shapes,
    make_plan,
    read_operands,
    read_plan,
)
from reference.outputs import empty_beside
from reference.windows import Padding, Pair, read_windows_of_row


def conv1d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: int = 1,
    padding: int | Pair | str = 0,
    dilation: int = 1,
    groups: int = 1,
    accumulator: str = "float64",
    backend: str = "cpu",
) -> FloatArray:
    """Return the cross-correlation of each sequence with each kernel.

    out[n, o, i] = bias[o] + sum over c, u of
        weight[o, c, u] * padded[n, g*C/groups + c, i*stride + u*dilation]

    where padded is x with zeros around it and g = floor(o / (O/groups)) is the group of o. It is
    conv2d on images with one row.

    Arguments:
        x: sequences, shape (N, C, L), or one sequence, shape (C, L). N may be 0.
        weight: kernels, shape (O, C/groups, k).
        bias: shape (O,), or None for no bias.
        stride, dilation: integers of at least 1.
        padding: how many zeros on each side: an integer, a pair (before, after), "valid" (none) or
            "same" (the result is as long as x).
        groups: the channels and the kernels are cut into so many parts that do not mix.
        accumulator: the dtype in which products of float32 are added up, "float64", or "float32",
            which is faster, and what the backend "cuda" does in any case.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: shape (N, O, L'), or (O, L') for one sequence; L' is conv_output_size(L, k, ...). Its
    dtype is float32 when all arrays are float32, else float64.

    Conventions: the kernel is not flipped; NumPy's convolve flips it, NumPy's correlate does not.
    A pair of paddings means before and after here, as there is one axis. "same", infinite weights
    and sums of float32 as in conv2d.

    Raises ValueError for shapes that do not fit, a kernel longer than the padded input, numbers out
    of range or an unknown backend; TypeError for other dtypes.

    Source: the formula of conv2d on one axis; NCU, case shape-6 (a kernel of three over six
    inputs); torch.nn.functional.conv1d.

    >>> conv1d([[1, 2, 4, 8]], [[[1, 0, -1]]])  # 1 - 4, 2 - 8
    array([[-3., -6.]])
    """
    x, weight, bias = read_operands(backend, x, weight, bias)
    groups = read_integer("groups", groups, 1)
    check_shapes(x.shape, weight.shape, groups, "C, L", "k")
    length, kernel_size = x.shape[-1], weight.shape[-1]
    windows = read_windows_of_row("weight", length, kernel_size, stride, padding, dilation)
    images, kernels = x[..., None, :], weight[..., None, :]
    plan = make_plan(images.shape, kernels.shape, windows, groups, accumulator, backend)
    return _correlate(plan, images, kernels, bias)[..., 0, :]


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    accumulator: str = "float64",
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
        accumulator: the dtype in which products of float32 are added up, "float64", or "float32",
            which is faster, and what the backend "cuda" does in any case.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: shape (N, O, H', W'), or (O, H', W') for one image; see conv_output_size. Its dtype is
    float32 when all arrays are float32, else float64.

    Conventions: the kernel is not flipped. Mathematics and the lecture of UFV flip it and call that
    convolution; PyTorch, Keras and the lectures of BME, ELTE and NCU do not. "same" needs stride 1
    and, when the number of rows or columns to add is odd, adds the extra one at the bottom or the
    right, as PyTorch does. A zero of the padding is multiplied like any pixel: an infinite weight
    over it gives NaN. The result of float32 is that of float64, rounded once; with accumulator
    "float32", large sums are added up in parts and are as near to the truth as PyTorch's.

    Raises ValueError for shapes that do not fit, a kernel larger than the padded input, numbers out
    of range or an unknown backend; TypeError for other dtypes.

    Source: ELTE, Lecture 3, case elte-conv-5x5 (there 82, 68, 46, ...); case
    elte-vertical-edge-window tells a flipped kernel; torch.nn.functional.conv2d.

    >>> x = [[[2, 5, 3], [2, 4, 3], [5, 4, 2]]]
    >>> conv2d(x, [[[[1, 0, -1], [1, 0, -1], [1, 0, -1]]]])  # (2+2+5) - (3+3+2)
    array([[[1.]]])
    """
    x, weight, bias = read_operands(backend, x, weight, bias)
    plan = read_plan(x, weight, stride, padding, dilation, groups, accumulator, backend)
    return _correlate(plan, x, weight, bias)


def _correlate(
    plan: Plan, x: FloatArray, weight: FloatArray, bias: FloatArray | None
) -> FloatArray:
    if bias is not None:
        check_bias(bias, weight)
    out = empty_beside(plan.shape, x)
    if x.ndim == 4:
        plan.correlate(out, x, weight, bias, plan.steps)
        return out
    plan.correlate(out, x[np.newaxis], weight, bias, plan.steps)
    return out.reshape(out.shape[1:])


def convolve2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: int | Pair = 1,
    padding: Padding = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    accumulator: str = "float64",
    backend: str = "cpu",
) -> FloatArray:
    """Return the true convolution of each image with each kernel: conv2d, the kernel flipped.

    out[n, o, i, j] = bias[o] + sum over c, u, v of weight[o, c, kH - 1 - u, kW - 1 - v] *
        padded[n, g*C/groups + c, i*stride + u*dilation, j*stride + v*dilation]

    where padded is x with zeros around it and g = floor(o / (O/groups)) is the group of o.

    Arguments:
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        weight: kernels, shape (O, C/groups, kH, kW); they are flipped on both of their last axes.
        bias: shape (O,), or None for no bias.
        stride, padding, dilation, groups, accumulator: as in conv2d.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: as of conv2d.

    Conventions: this is the convolution of mathematics, of UFV's lecture and of proto; what deep
    learning and the lectures of BME, ELTE and NCU call convolution is conv2d. Channels are not
    flipped. With an even kernel "same" adds the extra row or column at the bottom or the right, as
    conv2d does (SciPy's mode "same" adds it at the top or the left).

    Raises ValueError for shapes that do not fit, a kernel larger than the padded input, numbers out
    of range or an unknown backend; TypeError for other dtypes.

    Source: UFV, Lecture 04, case ufv-true-convolution; proto, case proto-true-convolution: G[m, n]
    = sum_j sum_k g[j, k] f[m - j, n - k]; scipy.signal.convolve2d.

    >>> convolve2d([[[0, 0, 0], [0, 1, 0], [0, 0, 0]]], [[[[1, 2], [3, 4]]]])  # draws the kernel
    array([[[1., 2.],
            [3., 4.]]])
    """
    if backend == "cuda" and is_on_device(weight):
        weight = load_device_arrays().turn_kernels("weight", weight)
    else:
        weight = read_array("weight", weight)
        if weight.ndim == 4:  # else conv2d tells what is wrong
            weight = weight[:, :, ::-1, ::-1]
    return conv2d(
        x,
        weight,
        bias,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        accumulator=accumulator,
        backend=backend,
    )
