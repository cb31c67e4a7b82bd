"""Exercise confusion_matrix.

`grade show confusion_matrix` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def confusion_matrix(y_true, y_pred, num_classes=None):
    """Return the table that counts in row i, column j the samples of class i predicted as j.

    Arguments:
        y_true: array of N integers, the right class of each sample; classes count from 0.
        y_pred: array of N integers, the predicted class of each sample.
        num_classes: the number of classes K; if None, one more than the largest label in
            y_true and y_pred.

    Returns: an array of integers, shape (K, K).

    Example:
        confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1])) gives [[1, 1], [0, 1]].
    """
    raise NotImplementedError("confusion_matrix is not written yet")
