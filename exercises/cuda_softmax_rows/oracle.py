"""Whole rows at once, in double precision: quotients of exponentials."""

import numpy as np


def cuda_softmax_rows(grid: int, block: int, out: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the softmax of each row."""
    rows = x.astype(np.float64)
    exponentials = np.exp(rows - rows.max(axis=1, keepdims=True))
    return (exponentials / exponentials.sum(axis=1, keepdims=True)).astype(out.dtype)
