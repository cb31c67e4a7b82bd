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
    work = out.size * kernel_size[0] * kernel_size[1]
    share(_avg_pool2d, work, (out, x), heights, widths, kernel_size, stride, padding)


def global_avg_pool2d(out: FloatArray, x: FloatArray) -> None:
    """Fill out (planes,) with the means of x (planes, pixels)."""
    share(_global_avg_pool2d, 2 * x.size, (out, x))


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
    # The sums of a row of windows' columns, between zeros for the padding and what hangs over.
    reached = (out.shape[2] - 1) * stride[1] + kernel_size[1]
    columns = np.zeros(max(reached, padding[1] + x.shape[2]))
    inside = columns[padding[1] : padding[1] + x.shape[2]]
    totals = np.empty(out.shape[2])
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            top = i * stride[0] - padding[0]
            inside[:] = 0.0
            for row in range(max(top, 0), min(top + kernel_size[0], x.shape[1])):
                for column in range(x.shape[2]):
                    inside[column] += np.float64(x[p, row, column])
            totals[:] = 0.0
            for v in range(kernel_size[1]):
                taps = columns[v :: stride[1]]
                for j in range(out.shape[2]):
                    totals[j] += taps[j]
            for j in range(out.shape[2]):
                out[p, i, j] = totals[j] / (heights[i] * widths[j])


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
