"""Exercise accuracy: `grade show accuracy` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def accuracy(y_true, y_pred):
    """Return the share of the samples whose class was predicted right.

    Arguments:
        y_true: array of N integers, the right class of each sample, counted from 0. N is at
            least 1.
        y_pred: array of N integers, the predicted class of each sample.

    Returns: one number from 0 to 1, not rounded.

    Example:
        accuracy(np.array([0, 1, 2, 1]), np.array([0, 1, 1, 1])) gives 0.75.
    """
    raise NotImplementedError("accuracy is not written yet")
