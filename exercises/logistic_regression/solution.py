"""Logistic regression and one step of gradient descent, from the definition."""

import numpy as np


def logistic_regression(x, y, w, b, learning_rate):
    """Return the probabilities, the classes, and the weights and bias after one step."""
    h = _sigmoid(x @ w + b)
    classes = (h > 0.5).astype(int)
    errors = h - y
    new_w = w - learning_rate * x.T @ errors / len(x)
    new_b = b - learning_rate * np.mean(errors)
    return h, classes, new_w, new_b


def _sigmoid(z):
    """Return 1 / (1 + exp(-z)), with an exponential that never overflows."""
    small = np.exp(-np.abs(z))
    return np.where(z > 0, 1, small) / (1 + small)
