"""Exercise precision_recall_f1.

`grade show precision_recall_f1` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def precision_recall_f1(matrix, average="binary"):
    """Return the tuple (precision, recall, f1). A score that would be 0/0 is 0.

    Arguments:
        matrix: array of integers, shape (K, K): matrix[i, j] samples of class i were predicted
            as class j.
        average: "binary": the scores of class 1, of two. None: the scores of every class.
            "macro": their mean. "weighted": their mean, weighted by the targets of each class.
            "micro": the scores of the counts, summed over the classes.

    Returns: a tuple of three numbers; for average=None of three arrays of shape (K,).

    Example:
        precision_recall_f1(np.array([[5, 1], [2, 2]])) gives (2/3, 1/2, 4/7).
    """
    raise NotImplementedError("precision_recall_f1 is not written yet")
