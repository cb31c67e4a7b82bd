"""Exercise relu: `grade show relu` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def relu(x):
    """Return x where it is positive and 0 where it is not.

    Arguments:
        x: array with any number of axes.

    Returns: an array of the shape of x.

    Example:
        relu(np.array([[-3.0, 2.5], [0.0, -0.5]])) gives [[0.0, 2.5], [0.0, 0.0]].
    """
    raise NotImplementedError("relu is not written yet")
