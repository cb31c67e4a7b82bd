"""One step of RMSprop, with the lecture's epsilon under the root."""

import numpy as np


def rmsprop(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Return the weights after the step, and the moving average of the squares as the state."""
    before = np.zeros_like(grad) if state is None else state
    average = alpha * before + (1 - alpha) * grad**2
    return param - learning_rate * grad / np.sqrt(eps + average), average
