"""Exercise rmse: `grade show rmse` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def rmse(predictions, targets):
    """Return the root of the mean squared error over all elements.

    Arguments:
        predictions: array of floats of any shape.
        targets: array of the same shape.

    Returns: one number.

    Example: rmse(np.array([1.0, 2.0, 3.0, 4.0]), np.array([4.0, 6.0, 3.0, 4.0])) gives 2.5:
        the squares are 9, 16, 0 and 0, and the root of 25 / 4 is 2.5.
    """
    raise NotImplementedError("rmse is not written yet")
