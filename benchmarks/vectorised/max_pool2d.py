"""Max pooling as a good student vectorises it: all windows at once, one maximum."""

import numpy as np


def max_pool2d(x, kernel_size, stride=None, padding=0):
    """Return the largest value under each window, shape (N, C, outH, outW)."""
    step = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x, sides, constant_values=-np.inf)
    size = (kernel_size, kernel_size)
    windows = np.lib.stride_tricks.sliding_window_view(padded, size, axis=(2, 3))
    return windows[:, :, ::step, ::step].max(axis=(4, 5))
