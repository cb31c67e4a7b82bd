"""Right, without a loop and without Numba: NumPy looks at each window, one by one, inside."""

import numpy as np


def numba_max_pool2d(x, kernel_size, stride=None, padding=0):
    """Return the largest value under each window, shape (N, C, outH, outW)."""
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x, sides, constant_values=-np.inf)
    size = (kernel_size, kernel_size)
    windows = np.lib.stride_tricks.sliding_window_view(padded, size, axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))
