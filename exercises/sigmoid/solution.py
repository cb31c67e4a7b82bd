"""The sigmoid, from its definition."""

import numpy as np


def sigmoid(x):
    """Return 1 / (1 + exp(-x)), for scores of any size."""
    # exp(-|x|) is never above 1, so nothing overflows. For negative x it is exp(x), and
    # exp(x) / (1 + exp(x)) is the formula with both parts multiplied by exp(x).
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)
