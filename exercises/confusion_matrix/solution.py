"""The confusion matrix, counted sample by sample."""

import numpy as np


def confusion_matrix(y_true, y_pred, num_classes=None):
    """Return the counts, one row per right class, one column per predicted class."""
    if num_classes is None:
        num_classes = max(y_true.max(), y_pred.max()) + 1
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    for target, prediction in zip(y_true, y_pred, strict=True):
        matrix[target, prediction] += 1
    return matrix
