"""Softmax, from its definition."""

import numpy as np


def softmax(x, axis=-1):
    """Return exp(x) / sum(exp(x)) along the axis, for scores of any size."""
    # Subtracting one number from all the scores of a row changes nothing; after subtracting the
    # largest, no exponential is above 1.
    shifted = x - np.max(x, axis=axis, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials, axis=axis, keepdims=True)
