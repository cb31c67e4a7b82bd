"""Average pooling on the CPU, in float64.

Each window is summed column by column and then across: two short sums in place of a long one. Their
innermost loops go along a row of the image, where the compiler can do several steps at a time.
"""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit
from reference.threads import share
from reference.windows import Pair

Doubles = NDArray[np.float64]


def avg_pool2d(
    out: FloatArray,
    x: FloatArray,
    heights: IntegerArray,
    widths: IntegerArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    """Fill out (planes, H', W') with sums over windows of x, divided by heights[i] * widths[j]."""
    time = out.size * kernel_size[0]
    share(_avg_pool2d, time, (out, x), heights, widths, kernel_size, stride, padding)


def global_avg_pool2d(out: FloatArray, x: FloatArray) -> None:
    """Fill out (planes,) with the means of x (planes, pixels)."""
    share(_global_avg_pool2d, x.size / 8, (out, x))


@jit
def _avg_pool2d(
    out: FloatArray,
    x: FloatArray,
    heights: IntegerArray,
    widths: IntegerArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    count = out.shape[2]
    # In whole vectors of 8: what is beyond the last window is computed too, and thrown away.
    whole = (count + 7) // 8 * 8
    # The sums of a row of windows' columns, between zeros for the padding and what hangs over.
    reached = (whole - 1) * stride[1] + kernel_size[1]
    columns = np.zeros(max(reached, padding[1] + x.shape[2]))
    inside = columns[padding[1] : padding[1] + x.shape[2]]
    totals, sizes = np.empty(whole), np.ones(whole)
    for j in range(count):
        sizes[j] = widths[j]
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            top = i * stride[0] - padding[0]
            _add_rows(inside, x, p, max(top, 0), min(top + kernel_size[0], x.shape[1]))
            _add_across(totals, columns, kernel_size[1], stride[1])
            height = np.float64(heights[i])
            for j in range(whole):
                totals[j] /= height * sizes[j]
            for j in range(count):
                out[p, i, j] = totals[j]


@jit
def _add_rows(inside: Doubles, x: FloatArray, p: int, first: int, end: int) -> None:
    """Fill inside with the sums of the columns of some rows, two at a time."""
    if end - first < 2:
        start = first
        for column in range(x.shape[2]):
            inside[column] = 0.0
    else:
        start = first + 2
        for column in range(x.shape[2]):
            upper, lower = np.float64(x[p, first, column]), np.float64(x[p, first + 1, column])
            inside[column] = upper + lower
    for row in range(start, end):
        for column in range(x.shape[2]):
            inside[column] += np.float64(x[p, row, column])


@jit
def _add_across(totals: Doubles, columns: Doubles, kernel_size: int, stride: int) -> None:
    """Fill totals with the sums of windows of columns, for small windows in one go."""
    # Only where the compiler knows the stride does it take several steps at a time.
    if stride == 2 and kernel_size == 2:
        for j in range(len(totals)):
            totals[j] = (0.0 + columns[2 * j]) + columns[2 * j + 1]
    elif stride == 2 and kernel_size == 3:
        for j in range(len(totals)):
            totals[j] = (0.0 + columns[2 * j]) + columns[2 * j + 1] + columns[2 * j + 2]
    else:
        for j in range(len(totals)):
            totals[j] = 0.0
        for v in range(kernel_size):
            taps = columns[v:]
            if stride == 1:
                for j in range(len(totals)):
                    totals[j] += taps[j]
            else:
                for j in range(len(totals)):
                    totals[j] += taps[stride * j]


@jit
def _global_avg_pool2d(out: FloatArray, x: FloatArray) -> None:
    pixels = np.empty(x.shape[1])
    for p in range(out.shape[0]):
        for k in range(x.shape[1]):
            pixels[k] = x[p, k]
        out[p] = _fold(pixels) / x.shape[1]


@jit
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
