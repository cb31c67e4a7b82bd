"""Mean squared error, with the four ways to make one number of the squares."""

import numpy as np


def mse(predictions, targets, reduction="mean"):
    """Return the squares of the differences, or their sum, or one of their two means."""
    squares = (predictions - targets) ** 2
    if reduction == "none":
        return squares
    total = np.sum(squares)
    if reduction == "mean":
        return total / squares.size
    if reduction == "per_sample":
        return total / len(squares)
    return total
