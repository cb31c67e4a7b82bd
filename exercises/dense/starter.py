"""Exercise dense: `grade show dense` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def dense(x, weight, bias=None):
    """Return the weighted sums x · weight + bias of a fully connected layer.

    Arguments:
        x: array of N samples of I inputs, shape (N, I); or one sample of shape (I,).
        weight: array of shape (I, J), a column for each neuron.
        bias: array of shape (J,), or None for no bias.

    Returns: an array of shape (N, J); of shape (J,) for one sample.

    Example:
        dense(np.array([[1.0, 2.0]]), np.array([[10.0, 0.0], [1.0, 1.0]]), np.array([0.0, 0.5]))
        gives [[12.0, 2.5]].
    """
    raise NotImplementedError("dense is not written yet")
