"""Max pooling with the loops of its definition, compiled by Numba."""

import numba
import numpy as np


def numba_max_pool2d(x, kernel_size, stride=None, padding=0):
    """Return the largest value under each window, shape (N, C, outH, outW)."""
    return _pooled(x, kernel_size, kernel_size if stride is None else stride, padding)


@numba.njit
def _pooled(x, kernel_size, stride, padding):
    images, channels, height, width = x.shape
    out_height = (height + 2 * padding - kernel_size) // stride + 1
    out_width = (width + 2 * padding - kernel_size) // stride + 1
    out = np.empty((images, channels, out_height, out_width), x.dtype)
    for n in range(images):
        for c in range(channels):
            for i in range(out_height):
                for j in range(out_width):
                    top, left = i * stride - padding, j * stride - padding
                    largest = x.dtype.type(-np.inf)
                    for row in range(max(top, 0), min(top + kernel_size, height)):
                        for column in range(max(left, 0), min(left + kernel_size, width)):
                            largest = max(largest, x[n, c, row, column])
                    out[n, c, i, j] = largest
    return out
