"""Pooling on the CPU: for all windows of a row at once, tap by tap (pooling_images).

Where a row has few windows, a vector takes the same window of many planes in place of the windows
of a row (pooling_planes), and where a window is a run of pixels, the pixels (pooling_runs).

The smallest value is minus the largest of the opposite numbers: sign is 1 for the largest, -1 for
the smallest, in the dtype of x.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.plane_lanes import NEAR_BYTES, are_runs, fill_lanes
from reference.cpu.pooling_images import pool_images
from reference.cpu.pooling_planes import pool_planes
from reference.cpu.pooling_runs import pool_runs
from reference.threads import share
from reference.windows import Pair

# Long rows with a stride are fetched so far ahead: a processor sees by itself that memory is read
# from one end to the other, but not where it is read two rows at a time.
AHEAD_BYTES = 2**13
LONG_BYTES = 384
# Up to so many windows in a row, by the bytes of a number, planes side by side are faster where
# windows do not overlap.
FEW_COLUMNS = {4: 15, 8: 9}


def max_pool2d(
    out: FloatArray, x: FloatArray, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> None:
    """Fill out (planes, H', W') from x (planes, H, W)."""
    whole = (x.dtype.type(1), kernel_size, stride, padding, dilation)
    _share(out, x, _no_indices(x), *whole)


def min_pool2d(
    out: FloatArray, x: FloatArray, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> None:
    """Fill out (planes, H', W') from x (planes, H, W)."""
    whole = (x.dtype.type(-1), kernel_size, stride, padding, dilation)
    _share(out, x, _no_indices(x), *whole)


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
    whole = (x.dtype.type(1), kernel_size, stride, padding, dilation)
    _share(out, x, indices, *whole)


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
    whole = (x.dtype.type(-1), kernel_size, stride, padding, dilation)
    _share(out, x, indices, *whole)


def _no_indices(x: FloatArray) -> NDArray[np.int8]:
    """Return what stands for the indices where none are wanted; its dtype tells the kernel."""
    return np.empty((len(x), 0, 0), np.int8)


def _share(
    out: FloatArray,
    x: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    sign: float | np.floating[Any],
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Choose the way, by the planes and the windows and never by the number of threads."""
    whole = (sign, kernel_size, stride, padding, dilation)
    comparisons = out.size * kernel_size[0] * kernel_size[1]
    if dilation == (1, 1) and are_runs(out, x, kernel_size, padding):
        share(pool_runs, (comparisons + 16 * out.size) / 8, (out, x, indices), *whole)
    elif fill_lanes(x) and _suits_lanes(out, x, kernel_size, stride):
        share(pool_planes, x.size / 4 + comparisons / 16, (out, x, indices), *whole)
    else:
        share(
            pool_images, comparisons / 4, (out, x, indices), *whole, _look_ahead(x, stride, padding)
        )


def _suits_lanes(out: FloatArray, x: FloatArray, kernel_size: Pair, stride: Pair) -> bool:
    """Return whether planes side by side are faster than windows side by side: measured."""
    # Many comparisons are worth that pixels are laid out for them.
    overlap = kernel_size[0] * kernel_size[1] / (stride[0] * stride[1])
    few = FEW_COLUMNS[x.itemsize] * overlap ** (1 / 3)
    if x.nbytes > NEAR_BYTES:  # as many planes are as many places in memory
        few *= 0.7
    return stride[1] > 2 or out.shape[2] <= few


def _look_ahead(x: FloatArray, stride: Pair, padding: Pair) -> int | None:
    """Return how many numbers ahead of a row of windows the pixels should be fetched, if at all."""
    is_long = x.nbytes > NEAR_BYTES and x.shape[2] * x.itemsize >= LONG_BYTES
    return AHEAD_BYTES // x.itemsize if is_long and stride[0] > 1 and padding[1] == 0 else None
