"""Exercise normal_equation.

`grade show normal_equation` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def normal_equation(x, y):
    """Return the parameters of the line (or plane) of least squared error.

    Arguments:
        x: array of shape (n, F), one row per sample; of shape (n,) for a single feature.
        y: array of shape (n,), the targets.

    Returns: array of shape (1 + F,): the intercept, then a slope for each feature.

    Example: normal_equation(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])) gives [1, 2]:
        the line 1 + 2 x goes through all three points.
    """
    raise NotImplementedError("normal_equation is not written yet")
