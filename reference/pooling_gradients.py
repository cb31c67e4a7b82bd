"""The gradients of pooling: what each window sends back to the pixels that it saw."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, check_shape, read_floats
from reference.backends import load_kernels
from reference.pooling import max_pool2d, min_pool2d
from reference.pooling_windows import (
    as_planes,
    as_rows,
    check_images,
    count_taps,
    drop_unseen,
    place_windows,
    sees_image,
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
    return _send_to_one_pixel(max_pool2d, grad_output, x, given, ceil_mode, backend)


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
    return _send_to_one_pixel(min_pool2d, grad_output, x, given, ceil_mode, backend)


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
    windows, shape = place_windows(x, kernel_size, stride, padding, ceil_mode=ceil_mode)
    check_shape("grad_output", grad_output, shape, "avg_pool2d(x)")
    counts = count_taps(x, shape, windows, count_include_pad)
    grad_x = np.empty_like(x)
    kernels = load_kernels("pooling_gradients", backend)
    planes = as_planes(grad_x), as_planes(grad_output)
    kernels.avg_pool2d_backward(*planes, *counts, *windows[:3])
    return grad_x


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
    pool: Any,
    grad_output: ArrayLike,
    x: ArrayLike,
    given: tuple[object, object, object, object],
    ceil_mode: bool,
    backend: str,
) -> FloatArray:
    grad_output, x = read_floats(backend, grad_output=grad_output, x=x)
    windows, shape = place_windows(x, *given, ceil_mode=ceil_mode)
    check_shape("grad_output", grad_output, shape, f"{pool.__name__}(x)")
    kernels = load_kernels("pooling_gradients", backend)
    options = dict(zip(windows._fields, windows, strict=True))
    _, indices = pool(x, **options, ceil_mode=ceil_mode, return_indices=True, backend=backend)
    indices = drop_unseen(indices, sees_image(x, shape, windows))
    grad_x = np.empty_like(x)
    # The gradient of the smallest value is that of the largest with other indices.
    planes = as_planes(grad_x), as_planes(grad_output), as_planes(indices)
    kernels.max_pool2d_backward(*planes, *windows)
    return grad_x
