"""Exercise tanh: `grade show tanh` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def tanh(x):
    """Return (exp(x) - exp(-x)) / (exp(x) + exp(-x)) of each element, written with exponentials.

    Arguments:
        x: array of scores, with any number of axes and numbers of any size.

    Returns: an array of the shape of x; its entries lie between -1 and 1.

    Example:
        tanh(np.array([0.0, 1000.0])) gives [0.0, 1.0].
    """
    raise NotImplementedError("tanh is not written yet")
