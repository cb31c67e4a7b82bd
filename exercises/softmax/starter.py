"""Exercise softmax: `grade show softmax` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def softmax(x, axis=-1):
    """Return the probabilities exp(x_i) / sum_k exp(x_k) along one axis.

    Arguments:
        x: array of scores (logits), with any number of axes and numbers of any size.
        axis: the axis along which the probabilities add to one; the last one by default.

    Returns: an array of the shape of x; its entries lie between 0 and 1.

    Example:
        softmax(np.array([[0.0, 0.0], [1.0, 1.0]])) gives [[0.5, 0.5], [0.5, 0.5]].
    """
    raise NotImplementedError("softmax is not written yet")
