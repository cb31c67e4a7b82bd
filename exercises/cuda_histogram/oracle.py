"""Every value held against every bin."""

import numpy as np

BINS = 8


def cuda_histogram(grid: int, block: int, counts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return how often each of 0 ... 7 is among the values."""
    is_in_bin = values[:, np.newaxis] == np.arange(BINS)
    return is_in_bin.sum(axis=0).astype(counts.dtype)
