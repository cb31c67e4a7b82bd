"""Three shifted copies of the vector between zeros, added in double precision."""

import numpy as np


def cuda_shift_halo(grid: int, block: int, out: np.ndarray, a: np.ndarray) -> np.ndarray:
    """Return the sum of every element and its neighbours."""
    framed = np.pad(a.astype(np.float64), 1)
    return (framed[:-2] + framed[1:-1] + framed[2:]).astype(out.dtype)
