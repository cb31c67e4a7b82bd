"""The largest of all windows at once; those between two steps are left out afterwards."""

from collections.abc import Sequence

import numpy as np


def cuda_max_pool2d(
    grid: Sequence[int],
    block: Sequence[int],
    out: np.ndarray,
    x: np.ndarray,
    kernel_size: int,
    stride: int,
) -> np.ndarray:
    """Return the largest value under each window that fits wholly into the map."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size))
    return windows.max(axis=(2, 3))[::stride, ::stride].astype(out.dtype)
