"""Average pooling on the CPU, in float64.

Each window is summed column by column and then across: two short sums in place of a long one. Where
a row has few windows, a vector takes the same window of many planes in place of the windows of a
row (average_planes); a window that is a short run of pixels is added up as such.
"""

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.average_planes import average_planes
from reference.cpu.average_rows import add_rows, add_run, average_windows
from reference.cpu.fetching import fetch_run
from reference.cpu.jit import inlined, jit
from reference.cpu.plane_lanes import NEAR_BYTES, are_runs, fill_lanes
from reference.cpu.vectors import lanes, make_room
from reference.pooling_windows import PoolWindows
from reference.threads import share
from reference.windows import Pair

# Up to so many windows in a row, by the bytes of a number, planes side by side are faster.
FEW_COLUMNS = {4: 12, 8: 6}
# A longer run is added up in two short sums, which round less.
LONGEST_RUN = 256
# So many rows of sums are kept.
RING = 4
# So many pixels before their turn they are fetched: what the processor does on its own is too late.
AHEAD = 1024
DOUBLES = np.empty(0)


def avg_pool2d_for(
    out: Shape,
    x: Shape,
    dtype: np.dtype[Any],
    windows: PoolWindows,
    heights: IntegerArray,
    widths: IntegerArray,
) -> Callable[..., object]:
    """Return what fills out (planes, H', W') from x (planes, H, W), its arguments.

    They are sums over windows, divided by heights[i] * widths[j].
    """
    kernel, nanoseconds = _choose(out, x, dtype.itemsize, windows.kernel_size, windows.padding)
    whole = heights, widths, *windows[:3]

    def pool(out: FloatArray, x: FloatArray) -> None:
        share(kernel, nanoseconds, (out, x), *whole)

    return pool


def _choose(
    out: Shape, x: Shape, itemsize: int, kernel_size: Pair, padding: Pair
) -> tuple[Callable[..., object], float]:
    """Return the kernel for these planes and windows, and how many nanoseconds it takes."""
    is_short = min(kernel_size[0], x[1]) * x[2] <= LONGEST_RUN
    if is_short and are_runs(out, x, kernel_size, padding):
        return _average_runs, (prod(x) + 16 * prod(out)) / 16
    if out[2] <= FEW_COLUMNS[itemsize] and fill_lanes(x[0], itemsize):
        return average_planes, prod(x) / 4
    return _average_rows, prod(out) * kernel_size[0] / 2


def global_avg_pool2d(out: FloatArray, x: FloatArray) -> None:
    """Fill out (planes,) with the means of x (planes, pixels)."""
    share(_global_avg_pool2d, x.size / 8, (out, x))


@jit
def _average_rows(
    out: FloatArray,
    x: FloatArray,
    heights: IntegerArray,
    widths: IntegerArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    count, size, lane = out.shape[2], x.shape[1] * x.shape[2], lanes(DOUBLES)
    # In whole vectors: what is beyond the last window is computed too, and thrown away.
    whole = (count + lane - 1) // lane * lane
    # The sums of a row of windows' columns, between zeros for the padding and what hangs over.
    pitch = max(whole * stride[1] + kernel_size[1], padding[1] + x.shape[2]) + 2 * lane
    # A number that was stored a moment ago takes long to load: so the sums wait for a few rows.
    columns, sizes = make_room(RING * pitch, DOUBLES), np.ones(whole)
    for j in range(count):
        sizes[j] = widths[j]
    pixels, means, width = x.reshape(x.size), out.reshape(out.size), x.shape[2]
    steps, rows = (stride[1], kernel_size[1]), out.shape[0] * out.shape[1]
    is_far = x.size * x.itemsize > NEAR_BYTES
    for row in range(rows + RING - 1):
        if row < rows:
            p, i = divmod(row, out.shape[1])
            top, at = i * stride[0] - padding[0], row % RING * pitch + padding[1]
            first, end = max(top, 0), min(top + kernel_size[0], x.shape[1])
            start = p * size + first * width
            if is_far:
                fetch_run(pixels, start + AHEAD, stride[0] * width)
            add_rows(columns, at, pixels, start, width, end - first, width)
        if row >= RING - 1:
            ready = row - RING + 1
            height = np.float64(heights[ready % out.shape[1]])
            at = ready % RING * pitch
            average_windows(means, ready * count, count, columns, at, steps, height, sizes)


@jit
def _average_runs(
    out: FloatArray,
    x: FloatArray,
    heights: IntegerArray,
    widths: IntegerArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    """Fill out (planes, H', 1) where windows are as wide as the image, and short."""
    height, width, pixels = x.shape[1], x.shape[2], x.reshape(x.size)
    for i in range(out.shape[1]):
        above = i * stride[0] - padding[0]
        top, bottom = max(above, 0), min(above + kernel_size[0], height)
        count, size = (bottom - top) * width, heights[i] * widths[0]
        for p in range(out.shape[0]):
            out[p, i, 0] = add_run(pixels, (p * height + top) * width, count) / size


@jit
def _global_avg_pool2d(out: FloatArray, x: FloatArray) -> None:
    pixels = np.empty(x.shape[1])
    for p in range(out.shape[0]):
        for k in range(x.shape[1]):
            pixels[k] = x[p, k]
        out[p] = _fold(pixels) / x.shape[1]


@inlined
def _fold(numbers: NDArray[np.float64]) -> float:
    """Return the sum of the numbers, which it overwrites.

    The upper half is added to the lower one until one number is left: its rounding error grows with
    the logarithm of the length only.
    """
    length = len(numbers)
    while length > 1:
        half = (length + 1) // 2
        upper = numbers[half:length]
        for k in range(len(upper)):
            numbers[k] += upper[k]
        length = half
    return float(numbers[0])
