"""The same step, sample by sample: each gradient is taken off by itself."""

import numpy as np


def sgd(param: np.ndarray, sample_grads: np.ndarray, learning_rate: float) -> np.ndarray:
    """Return the weights after the step; sums are in double precision."""
    moved = np.array(param, dtype=np.float64)
    for grad in sample_grads:
        moved -= learning_rate * grad.astype(np.float64)
    return moved.astype(param.dtype)
