"""Pooling on the CPU: for all windows of a row at once, tap by tap (pooling_images).

Where a row has few windows, a vector takes the same window of many planes in place of the windows
of a row (pooling_planes), and where a window is a run of pixels, the pixels (pooling_runs).

The smallest value is minus the largest of the opposite numbers: sign is 1 for the largest, -1 for
the smallest, in the dtype of x.
"""

from collections.abc import Callable
from math import inf, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.plane_lanes import are_runs, fill_lanes
from reference.cpu.pooling_images import pool_images
from reference.cpu.pooling_planes import pool_planes
from reference.cpu.pooling_rows import KNOWN
from reference.cpu.pooling_runs import pool_runs
from reference.pooling_windows import PoolWindows
from reference.threads import share
from reference.windows import Pair

# Up to so many windows in a row, by the bytes of a number, planes side by side are faster; up to so
# many times that where places are kept, and where planes are far from each other.
FEW_COLUMNS = {4: 12, 8: 8}
WITH_INDICES = 0.8
FAR, FAR_BYTES = 0.7, 3 * 2**19
# What stands for the indices where none are wanted; its dtype tells the kernel.
NO_INDICES = np.empty((0, 0, 0), np.int8)


def pool_for(
    out: Shape,
    x: Shape,
    dtype: np.dtype[Any],
    windows: PoolWindows,
    sign: int,
    has_indices: bool,
) -> Callable[..., object]:
    """Return what fills out (planes, H', W'), and indices if wanted, from x (planes, H, W).

    Its arguments are these arrays. sign is 1 for the largest, -1 for the smallest.
    """
    kernel, nanoseconds = _choose(out, x, dtype.itemsize, has_indices, *windows)
    whole = dtype.type(sign), *windows

    def pool(
        out: FloatArray, x: FloatArray, indices: IntegerArray | NDArray[np.int8] = NO_INDICES
    ) -> None:
        share(kernel, nanoseconds, (out, x, indices), *whole)

    return pool


def _choose(
    out: Shape,
    x: Shape,
    itemsize: int,
    has_indices: bool,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> tuple[Callable[..., object], float]:
    """Return the kernel for these planes and windows, and how many nanoseconds it takes.

    That never depends on the number of threads.
    """
    comparisons = prod(out) * kernel_size[0] * kernel_size[1]
    if dilation == (1, 1) and are_runs(out, x, kernel_size, padding):
        return pool_runs, (comparisons + 16 * prod(out)) / 8
    few = FEW_COLUMNS[itemsize] * (WITH_INDICES if has_indices else 1)
    if prod(x) * itemsize > FAR_BYTES:  # as many planes are as many places in memory
        few *= FAR
    if (stride[1], kernel_size[1]) not in KNOWN or dilation[1] != 1:
        few *= max(1, kernel_size[1] / 2) if (stride[1], 0) in KNOWN else inf
    if fill_lanes(x[0], itemsize) and out[2] <= few:
        return pool_planes, prod(x) / 4 + comparisons / 16
    return pool_images, comparisons / 4
