"""The ROC curve from its definition: one threshold, one point."""

import numpy as np


def roc_curve(y_true, scores):
    """Return the tuple (fpr, tpr, thresholds)."""
    positive, negative = y_true == 1, y_true == 0
    thresholds = np.append(np.inf, np.unique(scores)[::-1])
    fpr, tpr = np.zeros(len(thresholds)), np.zeros(len(thresholds))
    for i, threshold in enumerate(thresholds):
        called_positive = scores >= threshold
        fpr[i] = np.sum(called_positive & negative) / np.sum(negative)
        tpr[i] = np.sum(called_positive & positive) / np.sum(positive)
    return fpr, tpr, thresholds
