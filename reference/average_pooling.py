"""Average pooling: the mean of each window of an image, or of the whole image."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, Shape, read_floats
from reference.backends import load_kernels
from reference.outputs import empty_beside
from reference.pooling_windows import (
    Pool,
    PoolWindows,
    as_rows,
    check_images,
    count_taps,
    read_plan,
)
from reference.windows import Pair


def avg_pool2d(
    x: ArrayLike,
    kernel_size: int | Pair,
    *,
    stride: int | Pair | None = None,
    padding: int | Pair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    backend: str = "cpu",
) -> FloatArray:
    """Return the mean of each window of each channel.

    out[n, c, i, j] = 1/count * sum over u, v of padded[n, c, i*stride + u, j*stride + v]

    where padded is x with zeros around it and count is how many places the window has.

    Arguments:
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        kernel_size: an integer of at least 1, or a pair (vertical, horizontal), as all below.
        stride: None means kernel_size: windows side by side.
        padding: at most half of kernel_size, on all sides.
        ceil_mode: also keep a last window that hangs over the bottom or right edge, if it starts
            inside the image or in the padding above or on the left of it.
        count_include_pad: whether the places of a window that lie in the padding count. If not,
            each window is the mean of the pixels that it sees.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: shape (N, C, H', W'), or (C, H', W') for one image, float32 for float32, else float64;
    H' = floor((H + 2*padding - kernel_size) / stride) + 1. float32 is summed in float64.

    Conventions, all PyTorch's: the zeros of the padding count, unless count_include_pad is False
    (Keras has only that). The part of a window that with ceil_mode hangs over the padded image
    never counts. A NaN or an infinity goes into every window that sees it, and into no other.

    Raises ValueError for shapes that do not fit, too much padding, a kernel larger than the padded
    input (with ceil_mode: so much larger that no window starts), or an unknown backend; TypeError
    for other dtypes.

    Source: Prototyping with Deep Learning, case proto-avg; torch.nn.functional.avg_pool2d.

    >>> x = [[[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]]
    >>> avg_pool2d(x, 2)  # (4+9+5+6) / 4 = 6
    array([[[6.  , 3.25],
            [4.25, 5.25]]])
    >>> avg_pool2d([[[8.0, 4.0]]], (1, 2), padding=(0, 1))  # (0+8) / 2, (4+0) / 2
    array([[[4., 2.]]])
    """
    (x,) = read_floats(backend, x=x)
    given = (kernel_size, stride, padding, 1)
    plan = read_plan(_make_average, x, given, ceil_mode, backend, bool(count_include_pad))
    out = empty_beside(plan.shape, x)
    plan.pool(out.reshape(plan.results), x.reshape(plan.planes))
    return out


def _make_average(
    results: Shape,
    planes: Shape,
    dtype: np.dtype[Any],
    windows: PoolWindows,
    backend: str,
    include_padding: bool,
) -> Pool:
    counts = count_taps(results, planes, windows, include_padding)
    pool_for = load_kernels("average_pooling", backend).avg_pool2d_for
    pool: Pool = pool_for(results, planes, dtype, windows, *counts)
    return pool


def global_avg_pool2d(x: ArrayLike, *, keepdims: bool = False, backend: str = "cpu") -> FloatArray:
    """Return the mean of each channel of each image.

    out[n, c] = 1/(H*W) * sum over i, j of x[n, c, i, j]

    Arguments:
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        keepdims: keep H and W as axes of length 1.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: shape (N, C), or (C,) for one image; with keepdims (N, C, 1, 1) or (C, 1, 1). float32
    for float32, else float64. float32 is summed in float64.

    Conventions: PyTorch calls it adaptive_avg_pool2d with an output size of 1 and keeps the axes;
    Keras's GlobalAveragePooling2D drops them, as here.

    Raises ValueError for shapes that do not fit or an unknown backend; TypeError for other dtypes.

    Source: NCU, case ncu-region; torch.nn.functional.adaptive_avg_pool2d.

    >>> global_avg_pool2d([[[1, 2], [3, 4]], [[0, 0], [0, 8]]])  # 10/4, 8/4
    array([2.5, 2. ])
    """
    (x,) = read_floats(backend, x=x)
    check_images(x.shape)
    out = empty_beside((*x.shape[:-2], 1, 1) if keepdims else x.shape[:-2], x)
    load_kernels("average_pooling", backend).global_avg_pool2d(out.reshape(-1), as_rows(x))
    return out
