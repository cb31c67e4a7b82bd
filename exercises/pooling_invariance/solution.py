"""How much of a map, and of its max-pooled map, survives a shift: shift, pool, compare."""

import numpy as np


def pooling_invariance(x, kernel_size, max_shift):
    """Return (map_unchanged, pooled_unchanged), a share for each shift from 0 to max_shift."""
    pooled = max_pooled(x, kernel_size)
    map_unchanged = np.zeros(max_shift + 1)
    pooled_unchanged = np.zeros(max_shift + 1)
    for shift in range(max_shift + 1):
        moved = shifted_right(x, shift)
        map_unchanged[shift] = np.mean(moved == x)
        pooled_unchanged[shift] = np.mean(max_pooled(moved, kernel_size) == pooled)
    return map_unchanged, pooled_unchanged


def shifted_right(x, shift):
    """Return the map moved to the right, with zeros at its left."""
    height, width = x.shape
    moved = np.zeros_like(x)
    for r in range(height):
        for c in range(shift, width):
            moved[r, c] = x[r, c - shift]
    return moved


def max_pooled(x, kernel_size):
    """Return the largest number of each window; the windows lie side by side."""
    out_height, out_width = x.shape[0] // kernel_size, x.shape[1] // kernel_size
    pooled = np.zeros((out_height, out_width), dtype=x.dtype)
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * kernel_size, j * kernel_size
            pooled[i, j] = np.max(x[top : top + kernel_size, left : left + kernel_size])
    return pooled
