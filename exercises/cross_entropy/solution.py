"""Cross-entropy, from its definition."""

import math

import numpy as np


def cross_entropy(predictions, targets, base=math.e):
    """Return the mean over the samples of -sum(targets * log(predictions))."""
    predictions = np.atleast_2d(predictions)  # a single sample becomes a batch of one
    targets = np.atleast_2d(targets)
    # Where the target is 0 the term is 0 whatever the prediction: log(1) says so without log(0).
    logarithms = np.log(np.where(targets == 0, 1, predictions)) / math.log(base)
    sample_losses = -np.sum(targets * logarithms, axis=1)
    return np.mean(sample_losses)
