"""Exercise leaky_relu.

`grade show leaky_relu` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def leaky_relu(x, negative_slope=0.01):
    """Return x where it is positive and negative_slope * x where it is not.

    Arguments:
        x: array with any number of axes.
        negative_slope: the slope of the negative side; any finite number.

    Returns: an array of the shape of x.

    Example:
        leaky_relu(np.array([-4.0, 0.0, 3.0]), 0.25) gives [-1.0, 0.0, 3.0].
    """
    raise NotImplementedError("leaky_relu is not written yet")
