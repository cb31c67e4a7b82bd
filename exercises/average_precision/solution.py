"""Average precision from its definition: one step for each threshold."""

import numpy as np


def average_precision(y_true, scores):
    """Return the area under the steps of the precision-recall curve."""
    positives = np.sum(y_true == 1)
    if positives == 0:
        return 0.0
    area, recall_before = 0.0, 0.0
    for threshold in np.unique(scores)[::-1]:
        called_positive = scores >= threshold
        true_positives = np.sum(called_positive & (y_true == 1))
        precision = true_positives / np.sum(called_positive)
        recall = true_positives / positives
        area += (recall - recall_before) * precision
        recall_before = recall
    return area
