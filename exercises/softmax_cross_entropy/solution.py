"""Softmax and cross-entropy in one step, from ln softmax."""

import numpy as np


def softmax_cross_entropy(logits, targets):
    """Return the mean loss over the samples, and its gradient with respect to the logits."""
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    log_softmax = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    losses = -np.sum(targets * log_softmax, axis=1)
    gradient = (np.exp(log_softmax) - targets) / len(logits)
    return np.mean(losses), gradient
