"""Pooling on the CPU: tap by tap of the window, for all windows of a row at once.

The loop over the windows is the innermost one, where the compiler can do several at a time, and it
runs only over the windows that have the tap inside the image. The smallest value is minus the
largest of the opposite numbers: sign is 1 for the largest, -1 for the smallest, in the dtype of x.
"""

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit
from reference.threads import share
from reference.windows import Pair


def max_pool2d(
    out: FloatArray, x: FloatArray, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> None:
    """Fill out (planes, H', W') from x (planes, H, W)."""
    work = out.size * kernel_size[0] * kernel_size[1]
    share(_pool, work, (out, x), x.dtype.type(1), kernel_size, stride, padding, dilation)


def min_pool2d(
    out: FloatArray, x: FloatArray, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> None:
    """Fill out (planes, H', W') from x (planes, H, W)."""
    work = out.size * kernel_size[0] * kernel_size[1]
    share(_pool, work, (out, x), x.dtype.type(-1), kernel_size, stride, padding, dilation)


def max_pool2d_with_indices(
    out: FloatArray,
    indices: IntegerArray,
    x: FloatArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W)."""
    work = 2 * out.size * kernel_size[0] * kernel_size[1]
    whole = (kernel_size, stride, padding, dilation)
    share(_pool_with_indices, work, (out, indices, x), x.dtype.type(1), *whole)


def min_pool2d_with_indices(
    out: FloatArray,
    indices: IntegerArray,
    x: FloatArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W)."""
    work = 2 * out.size * kernel_size[0] * kernel_size[1]
    whole = (kernel_size, stride, padding, dilation)
    share(_pool_with_indices, work, (out, indices, x), x.dtype.type(-1), *whole)


@jit
def _pool(
    out: FloatArray,
    x: FloatArray,
    sign: float,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            best = out[p, i]
            best[:] = -np.inf
            above = i * stride[0] - padding[0]
            # The rows of the window's taps that lie in the image.
            bottom = min(above + kernel_size[0] * dilation[0], x.shape[1])
            for row in range(_enter(above, dilation[0]), bottom, dilation[0]):
                for v in range(kernel_size[1]):
                    before = v * dilation[1] - padding[1]
                    left, right = _reach(before, stride[1], x.shape[2], out.shape[2])
                    kept = best[left:right]
                    taps = x[p, row, left * stride[1] + before :: stride[1]]
                    for j in range(right - left):
                        value = sign * taps[j]
                        # A NaN compares false with everything: it must be asked for.
                        is_better = value > kept[j] or np.isnan(value)
                        kept[j] = value if is_better else kept[j]
            for j in range(out.shape[2]):
                best[j] = sign * best[j]


@jit
def _pool_with_indices(
    out: FloatArray,
    indices: IntegerArray,
    x: FloatArray,
    sign: float,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            best, places = out[p, i], indices[p, i]
            best[:] = -np.inf
            above = i * stride[0] - padding[0]
            top = _enter(above, dilation[0])
            bottom = min(above + kernel_size[0] * dilation[0], x.shape[1])
            for j in range(out.shape[2]):
                places[j] = top * x.shape[2] + _enter(j * stride[1] - padding[1], dilation[1])
            for row in range(top, bottom, dilation[0]):
                for v in range(kernel_size[1]):
                    before = v * dilation[1] - padding[1]
                    left, right = _reach(before, stride[1], x.shape[2], out.shape[2])
                    column = left * stride[1] + before
                    kept, kept_places = best[left:right], places[left:right]
                    taps, place = x[p, row, column :: stride[1]], row * x.shape[2] + column
                    for j in range(right - left):
                        value = sign * taps[j]
                        is_better = value > kept[j] or np.isnan(value)
                        kept[j] = value if is_better else kept[j]
                        kept_places[j] = place + j * stride[1] if is_better else kept_places[j]
            for j in range(out.shape[2]):
                best[j] = sign * best[j]


@jit
def _reach(offset: int, stride: int, size: int, count: int) -> tuple[int, int]:
    """Return the range of windows j for which j*stride + offset lies in 0 .. size - 1."""
    first, end = -(offset // stride), (size - 1 - offset) // stride + 1
    return max(first, 0), min(end, count)


@jit
def _enter(start: int, dilation: int) -> int:
    """Return the first tap of a window that does not lie in the padding before the image."""
    return start if start >= 0 else start % dilation
