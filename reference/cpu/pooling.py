"""Pooling on the CPU: each window is scanned row by row."""

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit


@jit
def max_pool2d(
    out: FloatArray,
    indices: IntegerArray,
    x: FloatArray,
    kernel_size: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W)."""
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                top, left = i * stride[0] - padding[0], j * stride[1] - padding[1]
                bottom = min(top + kernel_size[0] * dilation[0], x.shape[1])
                right = min(left + kernel_size[1] * dilation[1], x.shape[2])
                top, left = _enter(top, dilation[0]), _enter(left, dilation[1])
                best, place = -np.inf, top * x.shape[2] + left
                for row in range(top, bottom, dilation[0]):
                    for column in range(left, right, dilation[1]):
                        value = x[p, row, column]
                        # A NaN compares false with everything: it must be asked for.
                        if value > best or np.isnan(value):
                            best, place = value, row * x.shape[2] + column
                out[p, i, j] = best
                indices[p, i, j] = place


@jit
def _enter(start: int, dilation: int) -> int:
    """Return the first tap of a window that does not lie in the padding before the image."""
    return start if start >= 0 else start % dilation
