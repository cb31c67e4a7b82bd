"""A matrix of all windows times the weights, in double precision."""

import numpy as np


def cuda_conv1d(
    grid: int, block: int, out: np.ndarray, x: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Return the cross-correlation where the weights fit wholly into the vector."""
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), weight.size)
    return (windows @ weight.astype(np.float64)).astype(out.dtype)
