"""The confusion matrix as a good student vectorises it: one count of pairs."""

import numpy as np


def confusion_matrix(y_true, y_pred, num_classes=None):
    """Return the counts, one row per right class, one column per predicted class."""
    if num_classes is None:
        num_classes = max(y_true.max(), y_pred.max()) + 1
    pairs = np.bincount(y_true * num_classes + y_pred, minlength=num_classes**2)
    return pairs.reshape(num_classes, num_classes)
