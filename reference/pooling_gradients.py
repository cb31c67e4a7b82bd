"""The gradients of pooling: what each window sends back to the pixels that it saw."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, Shape, check_shape, read_floats
from reference.backends import load_kernels
from reference.outputs import empty_beside
from reference.pooling import make_pool
from reference.pooling_windows import (
    Given,
    Pool,
    PoolWindows,
    as_rows,
    check_images,
    count_taps,
    drop_hidden,
    find_hidden,
    read_plan,
)
from reference.windows import Pair


def max_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: int | Pair,
    *,
    stride: int | Pair | None = None,
    padding: int | Pair = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to max_pool2d(x).

    grad_x[n, c, row, column] = sum of grad_output[n, c, i, j] over the windows (i, j) of which
        (row, column) is the largest

    Arguments:
        grad_output: the gradient of the loss with respect to max_pool2d(x), of its shape.
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        kernel_size, stride, padding, dilation, ceil_mode: as max_pool2d got them.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64. Overlapping windows
    add up, in float64.

    Conventions: all of a window's gradient goes to the pixel of its index: the first of equal
    values, the last NaN (PyTorch does the same). A window that sees only padding sends nothing.

    Raises ValueError for shapes that do not fit and whatever max_pool2d refuses, or an unknown
    backend; TypeError for other dtypes.

    Source: the derivative of max_pool2d, case proto-max; torch.autograd.

    >>> x = [[[4, 9, 2, 5], [5, 6, 2, 4]]]
    >>> max_pool2d_backward([[[10, 20]]], x, 2)  # 9 and 5 are the largest
    array([[[ 0., 10.,  0., 20.],
            [ 0.,  0.,  0.,  0.]]])
    """
    given = (kernel_size, stride, padding, dilation)
    return _send_to_one_pixel(1, grad_output, x, given, ceil_mode, backend)


def min_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: int | Pair,
    *,
    stride: int | Pair | None = None,
    padding: int | Pair = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to min_pool2d(x).

    grad_x[n, c, row, column] = sum of grad_output[n, c, i, j] over the windows (i, j) of which
        (row, column) is the smallest

    Arguments:
        grad_output: the gradient of the loss with respect to min_pool2d(x), of its shape.
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0.
        kernel_size, stride, padding, dilation, ceil_mode: as min_pool2d got them.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64. Overlapping windows
    add up, in float64.

    Conventions: as in max_pool2d_backward.

    Raises what max_pool2d_backward raises.

    Source: the derivative of min_pool2d, case ncu-region; PyTorch has only max_pool2d.

    >>> x = [[[4, 9, 2, 5], [5, 6, 2, 4]]]
    >>> min_pool2d_backward([[[10, 20]]], x, 2)  # 4, and the first 2
    array([[[10.,  0., 20.,  0.],
            [ 0.,  0.,  0.,  0.]]])
    """
    given = (kernel_size, stride, padding, dilation)
    return _send_to_one_pixel(-1, grad_output, x, given, ceil_mode, backend)


def avg_pool2d_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel_size: int | Pair,
    *,
    stride: int | Pair | None = None,
    padding: int | Pair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of the loss with respect to x, given that with respect to avg_pool2d(x).

    grad_x[n, c, row, column] = sum of grad_output[n, c, i, j] / count over the windows (i, j) that
        see (row, column), count being how many places the window has

    Arguments:
        grad_output: the gradient of the loss with respect to avg_pool2d(x), of its shape.
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0. Only its shape and
            dtype matter.
        kernel_size, stride, padding, ceil_mode, count_include_pad: as avg_pool2d got them.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64. Overlapping windows
    add up, in float64.

    Conventions: the count is that of avg_pool2d. What a window sends to the padding is lost.

    Raises ValueError for shapes that do not fit and whatever avg_pool2d refuses, or an unknown
    backend; TypeError for other dtypes.

    Source: the derivative of avg_pool2d, case proto-avg; torch.autograd.

    >>> avg_pool2d_backward([[[8, 4]]], [[[1, 2, 3], [4, 5, 6]]], 2, stride=1)
    array([[[2., 3., 1.],
            [2., 3., 1.]]])
    """
    grad_output, x = read_floats(backend, grad_output=grad_output, x=x)
    given = (kernel_size, stride, padding, 1)
    plan = read_plan(_make_shares, x, given, ceil_mode, backend, bool(count_include_pad))
    check_shape("grad_output", grad_output, plan.shape, "avg_pool2d(x)")
    grad_x = np.empty_like(x)
    plan.pool(grad_x.reshape(plan.planes), grad_output.reshape(plan.results))
    return grad_x


def _make_shares(
    results: Shape,
    planes: Shape,
    dtype: np.dtype[Any],
    windows: PoolWindows,
    backend: str,
    include_padding: bool,
) -> Pool:
    counts = count_taps(results, planes, windows, include_padding)
    kernels = load_kernels("pooling_gradients", backend)

    def spread(grad_x: FloatArray, grad_output: FloatArray) -> None:
        kernels.avg_pool2d_backward(grad_x, grad_output, *counts, *windows[:3])

    return spread


def global_avg_pool2d_backward(
    grad_output: ArrayLike, x: ArrayLike, *, keepdims: bool = False, backend: str = "cpu"
) -> FloatArray:
    """Return the gradient of the loss with respect to x, given that to global_avg_pool2d(x).

    grad_x[n, c, row, column] = grad_output[n, c] / (H*W)

    Arguments:
        grad_output: the gradient of the loss with respect to global_avg_pool2d(x), of its shape.
        x: images, shape (N, C, H, W), or one image, shape (C, H, W). N may be 0. Only its shape and
            dtype matter.
        keepdims: as global_avg_pool2d got it.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of x; float32 when both arrays are float32, else float64.

    Conventions: every pixel of a channel has the same share.

    Raises ValueError for shapes that do not fit or an unknown backend; TypeError for other dtypes.

    Source: the derivative of global_avg_pool2d, case ncu-region; torch.autograd.

    >>> global_avg_pool2d_backward([8.0], [[[1, 2], [3, 4]]])
    array([[[2., 2.],
            [2., 2.]]])
    """
    grad_output, x = read_floats(backend, grad_output=grad_output, x=x)
    check_images(x.shape)
    shape = (*x.shape[:-2], 1, 1) if keepdims else x.shape[:-2]
    check_shape("grad_output", grad_output, shape, "global_avg_pool2d(x)")
    grad_x = np.empty_like(x)
    kernels = load_kernels("pooling_gradients", backend)
    kernels.global_avg_pool2d_backward(as_rows(grad_x), grad_output.reshape(-1))
    return grad_x


def _send_to_one_pixel(
    sign: int,
    grad_output: ArrayLike,
    x: ArrayLike,
    given: Given,
    ceil_mode: bool,
    backend: str,
) -> FloatArray:
    grad_output, x = read_floats(backend, grad_output=grad_output, x=x)
    plan = read_plan(_make_sender, x, given, ceil_mode, backend, sign)
    name = "max_pool2d" if sign == 1 else "min_pool2d"
    check_shape("grad_output", grad_output, plan.shape, f"{name}(x)")
    grad_x = np.empty_like(x)
    arrays = x.reshape(plan.planes), grad_output.reshape(plan.results)
    plan.pool(grad_x.reshape(plan.planes), *arrays)
    return grad_x


def _make_sender(
    results: Shape,
    planes: Shape,
    dtype: np.dtype[Any],
    windows: PoolWindows,
    backend: str,
    sign: int,
) -> Pool:
    find = make_pool(results, planes, dtype, windows, backend, sign, True)
    hidden = find_hidden(results, planes, windows)
    kernels = load_kernels("pooling_gradients", backend)

    def send(grad_x: FloatArray, x: FloatArray, grad_output: FloatArray) -> None:
        out, indices = empty_beside(results, x), np.empty(results, np.int64, like=x)
        find(out, x, indices)
        if hidden is not None:
            drop_hidden(indices, hidden)
        # The gradient of the smallest value is that of the largest with other indices.
        kernels.max_pool2d_backward(grad_x, grad_output, indices, *windows)

    return send
