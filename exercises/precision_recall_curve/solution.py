"""The precision-recall curve from its definition: one threshold, one point."""

import numpy as np


def precision_recall_curve(y_true, scores):
    """Return the tuple (precision, recall, thresholds)."""
    thresholds = np.unique(scores)
    precision = np.ones(len(thresholds) + 1)  # the last point is (1, 0), by convention
    recall = np.zeros(len(thresholds) + 1)
    for i, threshold in enumerate(thresholds):
        called_positive = scores >= threshold
        true_positives = np.sum(called_positive & (y_true == 1))
        precision[i] = true_positives / np.sum(called_positive)
        recall[i] = true_positives / np.sum(y_true == 1)
    return precision, recall, thresholds
