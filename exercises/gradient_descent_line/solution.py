"""Gradient descent for a straight line, from the derivatives of its cost."""

import numpy as np


def gradient_descent_line(theta, x, y, learning_rate, steps):
    """Return the parameters before the first step and after each step."""
    path = [theta]
    for _ in range(steps):
        intercept, slope = path[-1]
        differences = intercept + slope * x - y
        gradient = np.array([2 * np.mean(differences), 2 * np.mean(differences * x)])
        path.append(path[-1] - learning_rate * gradient)
    return np.array(path)
