"""One step of Adagrad, as the lecture writes it."""

import numpy as np


def adagrad(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Return the weights after the step, and the sum of all squared gradients as the state."""
    squares = grad**2 if state is None else state + grad**2
    return param - learning_rate * grad / np.sqrt(eps + squares), squares
