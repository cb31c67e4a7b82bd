"""Exercise one_vs_rest_counts.

`grade show one_vs_rest_counts` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def one_vs_rest_counts(matrix, k):
    """Return (tp, fp, fn, tn) when class k counts as positive and all the others as negative.

    Arguments:
        matrix: array of integers, shape (K, K): matrix[i, j] samples of class i were predicted
            as class j.
        k: the positive class, from 0 to K - 1.

    Returns: a tuple of four integers: true positives, false positives, false negatives, true
    negatives, in this order.

    Example:
        one_vs_rest_counts(np.array([[5, 1], [2, 9]]), 0) gives (5, 2, 1, 9).
    """
    raise NotImplementedError("one_vs_rest_counts is not written yet")
