"""Exercise sigmoid: `grade show sigmoid` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def sigmoid(x):
    """Return 1 / (1 + exp(-x)) of each element.

    Arguments:
        x: array of scores, with any number of axes and numbers of any size.

    Returns: an array of the shape of x; its entries lie between 0 and 1.

    Example:
        sigmoid(np.array([0.0, -1000.0])) gives [0.5, 0.0].
    """
    raise NotImplementedError("sigmoid is not written yet")
