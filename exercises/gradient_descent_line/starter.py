"""Exercise gradient_descent_line.

`grade show gradient_descent_line` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def gradient_descent_line(theta, x, y, learning_rate, steps):
    """Return the path of gradient descent on the mean squared error of a straight line.

    Arguments:
        theta: array of shape (2,), where the search begins: the intercept and the slope.
        x, y: arrays of shape (n,), the points.
        learning_rate: the factor of the gradient in each step.
        steps: how many steps are taken; possibly 0.

    Returns: array of shape (1 + steps, 2): theta, and the parameters after each step.

    Example:
        gradient_descent_line(np.zeros(2), np.array([1.0, 2.0]), np.array([1.0, 3.0]), 0.1, 1)
        gives [[0, 0], [0.4, 0.7]]: the gradient at the start is (-4, -7).
    """
    raise NotImplementedError("gradient_descent_line is not written yet")
