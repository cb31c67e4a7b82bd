"""One step of Adadelta, from the paper's algorithm."""

import numpy as np


def adadelta(param, grad, state, rho=0.9, eps=1e-6):
    """Return the weights after the step, and both averages as the state."""
    gradients, steps = (np.zeros_like(grad), np.zeros_like(grad)) if state is None else state
    gradients = rho * gradients + (1 - rho) * grad**2
    step = grad * np.sqrt(steps + eps) / np.sqrt(gradients + eps)
    steps = rho * steps + (1 - rho) * step**2
    return param - step, (gradients, steps)
