"""Binary cross-entropy, from its definition."""

import math

import numpy as np


def binary_cross_entropy(predictions, targets, base=math.e):
    """Return the mean of -y log(h) - (1 - y) log(1 - h)."""
    losses = -_weighted_log(targets, predictions) - _weighted_log(1 - targets, 1 - predictions)
    return np.mean(losses) / math.log(base)


def _weighted_log(weights, probabilities):
    """Return weights * ln(probabilities), and 0 where the weight is 0, also for ln(0)."""
    return weights * np.log(np.where(weights == 0, 1, probabilities))
