"""Pooling: the largest or the smallest number of each window of an image."""

from typing import Any, Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, IntegerArray, Shape, read_floats
from reference.backends import load_kernels
from reference.outputs import empty_beside
from reference.pooling_windows import Given, Pool, PoolWindows, read_plan
from reference.windows import Pair


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
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: shape (N, C, H', W'), or (C, H', W') for one image, float32 for float32, else float64;
    H' = floor((H + 2*padding - dilation*(kernel_size - 1) - 1) / stride) + 1. indices have that
    shape, int64: row*W + column in the image without its padding.

    Conventions, all PyTorch's: the first of equal values gives the index. A NaN makes its window
    NaN, and the last NaN gives the index. A window that sees only padding (dilation can do that)
    is -inf, and its index, the first place at or after the image's edge, may lie outside.

    Raises ValueError for shapes that do not fit, too much padding, a kernel larger than the padded
    input (with ceil_mode: so much larger that no window starts), or an unknown backend; TypeError
    for other dtypes.

    Source: Prototyping with Deep Learning, case proto-max; ELTE, Lecture 3, case elte-max;
    torch.nn.functional.max_pool2d.

    >>> x = [[[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]]
    >>> max_pool2d(x, 2)
    array([[[9., 5.],
            [6., 8.]]])
    >>> max_pool2d(x, 2, return_indices=True)[1]  # 9 stands at row 0, column 1: 0*4 + 1
    array([[[ 1,  3],
            [13, 14]]])
    """
    given = (kernel_size, stride, padding, dilation)
    return _pool(1, x, given, ceil_mode, return_indices, backend)


@overload
def min_pool2d(
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
def min_pool2d(
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


def min_pool2d(
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
    """Return the smallest value in each window of each channel, and where it stands if asked.

    out[n, c, i, j] = min over u, v of x[n, c, i*stride + u*dilation - padding, (likewise j, v)]

    Arguments:
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        kernel_size, stride, padding, dilation, ceil_mode: as in max_pool2d. The padding counts as
            +inf, not as 0.
        return_indices: return (out, indices).
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: as of max_pool2d.

    Conventions: min_pool2d(x) is -max_pool2d(-x), so that the first of equal values gives the
    index, and a NaN makes its window NaN. A window that sees only padding is +inf.

    Raises what max_pool2d raises.

    Source: NCU, case ncu-region (the smallest of 1, 2, 3, 4 is 1); PyTorch has only max_pool2d.

    >>> x = [[[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]]
    >>> min_pool2d(x, 2)
    array([[[4., 2.],
            [2., 4.]]])
    >>> min_pool2d(x, 2, return_indices=True)[1]  # the upper 2 of the second window: 0*4 + 2
    array([[[ 0,  2],
            [ 8, 11]]])
    """
    given = (kernel_size, stride, padding, dilation)
    return _pool(-1, x, given, ceil_mode, return_indices, backend)


def _pool(
    sign: int,
    x: ArrayLike,
    given: Given,
    ceil_mode: bool,
    return_indices: bool,
    backend: str,
) -> FloatArray | tuple[FloatArray, IntegerArray]:
    (x,) = read_floats(backend, x=x)
    plan = read_plan(make_pool, x, given, ceil_mode, backend, sign, bool(return_indices))
    out = empty_beside(plan.shape, x)
    if not return_indices:
        plan.pool(out.reshape(plan.results), x.reshape(plan.planes))
        return out
    indices = np.empty(plan.shape, np.int64, like=x)
    plan.pool(out.reshape(plan.results), x.reshape(plan.planes), indices.reshape(plan.results))
    return out, indices


def make_pool(
    results: Shape,
    planes: Shape,
    dtype: np.dtype[Any],
    windows: PoolWindows,
    backend: str,
    sign: int,
    has_indices: bool,
) -> Pool:
    """Return what pools planes; sign is 1 for the largest, -1 for the smallest."""
    pool_for = load_kernels("pooling", backend).pool_for
    pool: Pool = pool_for(results, planes, dtype, windows, sign, has_indices)
    return pool
