"""Exercise average_precision.

`grade show average_precision` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def average_precision(y_true, scores):
    """Return the area under the steps of the precision-recall curve.

    It is the sum over the thresholds, highest first, of the precision times what the recall has
    grown by. Without a positive sample it is 0.

    Arguments:
        y_true: array of N integers, 1 positive and 0 negative. N is at least 1.
        scores: array of N floats, the higher the likelier positive. Samples with equal scores are
            called positive by the same threshold.

    Returns: one number from 0 to 1.

    Example:
        average_precision(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.3, 0.8])) gives
        1/2 * 1/1 + 1/2 * 2/3 = 0.8333.
    """
    raise NotImplementedError("average_precision is not written yet")
