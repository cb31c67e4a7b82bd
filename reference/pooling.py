"""Pooling: one number for each window of an image."""

from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, IntegerArray, read_floats, read_pair
from reference.backends import load_kernels
from reference.windows import Pair, count_windows, dilated_extent


@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: int | Pair,
    *,
    stride: int | Pair | None = ...,
    padding: int | Pair = ...,
    dilation: int | Pair = ...,
    ceil_mode: bool = ...,
    return_indices: Literal[False] = ...,
    backend: str = ...,
) -> FloatArray: ...


@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: int | Pair,
    *,
    stride: int | Pair | None = ...,
    padding: int | Pair = ...,
    dilation: int | Pair = ...,
    ceil_mode: bool = ...,
    return_indices: Literal[True],
    backend: str = ...,
) -> tuple[FloatArray, IntegerArray]: ...


def max_pool2d(
    x: ArrayLike,
    kernel_size: int | Pair,
    *,
    stride: int | Pair | None = None,
    padding: int | Pair = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    backend: str = "cpu",
) -> FloatArray | tuple[FloatArray, IntegerArray]:
    """Return the largest value in each window of each channel, and where it stands if asked.

    out[n, c, i, j] = max over u, v of x[n, c, i*stride + u*dilation - padding, (likewise j, v)]

    Arguments:
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        kernel_size: an integer of at least 1, or a pair (vertical, horizontal), as all below.
        stride: None means kernel_size: windows side by side.
        padding: at most half of kernel_size, on all sides. The padding counts as -inf, not as 0.
        dilation: the distance between neighbours in a window.
        ceil_mode: also keep a last window that hangs over the bottom or right edge, if it starts
            inside the image or in the padding above or on the left of it.
        return_indices: return (out, indices).
        backend: "cpu".

    Result: shape (N, C, H', W'), or (C, H', W') for one image, float32 for float32, else float64;
    H' = floor((H + 2*padding - dilation*(kernel_size - 1) - 1) / stride) + 1. indices have that
    shape, int64: row*W + column in the image without its padding.

    Conventions, all PyTorch's: the first of equal values gives the index. A NaN makes its window
    NaN, and the last NaN gives the index. A window that sees only padding (dilation can do that)
    is -inf, and its index, the first place at or after the image's edge, may lie outside.

    Raises ValueError for shapes that do not fit, too much padding, a kernel larger than the padded
    input (with ceil_mode: so much larger that no window starts), or an unknown backend; TypeError
    for other dtypes.

    Source: Prototyping with Deep Learning, case proto-max; torch.nn.functional.max_pool2d.

    >>> x = [[[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]]
    >>> max_pool2d(x, 2)
    array([[[9., 5.],
            [6., 8.]]])
    >>> max_pool2d(x, 2, return_indices=True)[1]  # 9 stands at row 0, column 1: 0*4 + 1
    array([[[ 1,  3],
            [13, 14]]])
    """
    (x,) = read_floats(x=x)
    if x.ndim not in (3, 4) or 0 in x.shape[-3:]:
        expected = "(N, C, H, W) or (C, H, W) with C, H, W at least 1"
        raise ValueError(f"x: got shape {x.shape}, expected {expected}")
    kernel_size = read_pair("kernel_size", kernel_size, 1)
    stride = kernel_size if stride is None else read_pair("stride", stride, 1)
    padding, dilation = read_pair("padding", padding, 0), read_pair("dilation", dilation, 1)
    _check_padding(padding, kernel_size)
    count = _count_hanging_windows if ceil_mode else _count_whole_windows
    size = count((x.shape[-2], x.shape[-1]), kernel_size, stride, padding, dilation)
    kernels = load_kernels("pooling", backend)
    planes = x.reshape(-1, *x.shape[-2:])
    out = np.empty((len(planes), *size), x.dtype)
    indices = np.empty(out.shape, np.int64)
    kernels.max_pool2d(out, indices, planes, kernel_size, stride, padding, dilation)
    out, indices = out.reshape(*x.shape[:-2], *size), indices.reshape(*x.shape[:-2], *size)
    return (out, indices) if return_indices else out


def _check_padding(padding: Pair, kernel_size: Pair) -> None:
    most = (kernel_size[0] // 2, kernel_size[1] // 2)
    if padding[0] > most[0] or padding[1] > most[1]:
        raise ValueError(
            f"padding: got {padding}, expected at most {most}, half of kernel_size {kernel_size}"
        )


def _count_whole_windows(
    input_size: Pair, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> Pair:
    sides = ((padding[0], padding[0]), (padding[1], padding[1]))
    return count_windows("kernel_size", input_size, kernel_size, stride, sides, dilation)


def _count_hanging_windows(
    input_size: Pair, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> Pair:
    extent = dilated_extent(kernel_size, dilation)
    rows, columns = (
        _count_hanging(input_size[axis], extent[axis], stride[axis], padding[axis])
        for axis in (0, 1)
    )
    if rows < 1 or columns < 1:
        padded = (input_size[0] + 2 * padding[0], input_size[1] + 2 * padding[1])
        raise ValueError(
            f"kernel_size: got a kernel that covers {extent}, expected one of which a window "
            f"starts on the padded input of size {padded} with stride {stride}"
        )
    return rows, columns


def _count_hanging(input_size: int, extent: int, stride: int, padding: int) -> int:
    windows = -((extent - input_size - 2 * padding) // stride) + 1
    starts_outside = (windows - 1) * stride >= input_size + padding
    return windows - 1 if starts_outside else windows
