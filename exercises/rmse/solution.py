"""Root mean squared error, read from right to left: error, square, mean, root."""

import numpy as np


def rmse(predictions, targets):
    """Return sqrt(mean((prediction - target)^2))."""
    squares = (predictions - targets) ** 2
    return np.sqrt(np.mean(squares))
