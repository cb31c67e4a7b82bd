"""The vector filled up with zeros, as a table with a row for each warp."""

import numpy as np

WARP = 32


def cuda_warp_sum(grid: int, block: int, out: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return the sum of each 32 elements."""
    filled_up = np.pad(a.astype(np.float64), (0, out.size * WARP - a.size))
    return filled_up.reshape(-1, WARP).sum(axis=1).astype(out.dtype)
