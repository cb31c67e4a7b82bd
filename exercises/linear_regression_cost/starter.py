"""Exercise linear_regression_cost.

`grade show linear_regression_cost` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def linear_regression_cost(theta, x, y):
    """Return the mean squared error of the line (or plane) with the parameters theta.

    Arguments:
        theta: array of shape (1 + F,): the intercept, then a slope for each feature.
        x: array of shape (n, F), one row per sample; of shape (n,) for a single feature.
        y: array of shape (n,), the targets.

    Returns: one number.

    Example:
        linear_regression_cost(np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.array([1.0, 5.0]))
        gives 2.0: the line meets the first point and misses the second by 2.
    """
    raise NotImplementedError("linear_regression_cost is not written yet")
