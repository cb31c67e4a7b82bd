"""The logarithm of softmax, from its definition."""

import numpy as np


def log_softmax(x, axis=-1):
    """Return x - ln(sum(exp(x))) along the axis, for scores of any size."""
    # Shifting all the scores of a row shifts both terms alike; after subtracting the largest, no
    # exponential is above 1 and one of them is exactly 1, so that the sum is never 0.
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))
