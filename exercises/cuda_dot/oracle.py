"""The sum of the products in double precision."""

import numpy as np


def cuda_dot(grid: int, block: int, out: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the dot product as an array of one element."""
    products = a.astype(np.float64) * b
    return np.array([products.sum()], out.dtype)
