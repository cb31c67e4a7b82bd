"""The path without derivatives on paper: the cost itself is asked how steep it is.

A tiny step in the imaginary direction, J(θ + ih) = J(θ) + ih J'(θ) + O(h²): the imaginary part
divided by h is the derivative. Nothing is subtracted, so h may be so small that the rest vanishes.
"""

import numpy as np

STEP = 1e-30


def gradient_descent_line(theta, x, y, learning_rate, steps):
    """Return the parameters before the first step and after each step."""
    theta, x, y = (np.asarray(array, dtype=np.float64) for array in (theta, x, y))
    path = np.empty((1 + steps, 2))
    path[0] = theta
    for step in range(steps):
        for parameter in range(2):
            slope = _slope(path[step], parameter, x, y)
            path[step + 1, parameter] = path[step, parameter] - learning_rate * slope
    return path


def _slope(theta, parameter, x, y):
    """Return the derivative of the cost with respect to one of the parameters."""
    moved = theta.astype(complex)
    moved[parameter] += 1j * STEP
    cost = sum((moved[0] + moved[1] * a - b) ** 2 for a, b in zip(x, y, strict=True)) / len(x)
    return cost.imag / STEP
