"""One step of Adam, in the forms of the lecture and of the paper."""

import numpy as np


def adam(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Return the weights after the step, and (number of steps, both averages) as the state."""
    steps, mean, square = state or (0, np.zeros_like(grad), np.zeros_like(grad))
    steps += 1
    mean = betas[0] * mean + (1 - betas[0]) * grad
    square = betas[1] * square + (1 - betas[1]) * grad**2

    m, v = mean, square
    if bias_correction:
        m = mean / (1 - betas[0] ** steps)
        v = square / (1 - betas[1] ** steps)
    root = np.sqrt(v + eps) if eps_inside_sqrt else np.sqrt(v) + eps
    return param - learning_rate * m / root, (steps, mean, square)
