"""Exercise mean_average_precision.

`grade show mean_average_precision` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def mean_average_precision(y_true, scores):
    """Return the mean over the classes of their average precisions.

    The average precision of a class is the sum over the thresholds of its column, highest first,
    of the precision times what the recall has grown by. Without a positive sample it is 0.

    Arguments:
        y_true: array of integers, shape (N, K): 1 where sample n belongs to class k, else 0.
        scores: array of floats, shape (N, K): the higher, the likelier n belongs to k.

    Returns: one number from 0 to 1.

    Example:
        y_true [[1, 0], [0, 1], [1, 1]] with scores [[0.9, 0.6], [0.8, 0.7], [0.3, 0.2]] gives
        (5/6 + 5/6) / 2 = 0.8333.
    """
    raise NotImplementedError("mean_average_precision is not written yet")
