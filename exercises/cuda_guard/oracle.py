"""The same as one slice: the launch has no say in the answer."""

import numpy as np


def cuda_guard(grid: int, block: int, out: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return the vector with its last element first."""
    return a[::-1].astype(out.dtype)
