"""Mean average precision from its definition: a ranking for each class."""

import numpy as np


def mean_average_precision(y_true, scores):
    """Return the mean over the columns of their average precisions."""
    classes = y_true.shape[1]
    return np.mean([_average_precision(y_true[:, k], scores[:, k]) for k in range(classes)])


def _average_precision(y_true, scores):
    positives = np.sum(y_true == 1)
    if positives == 0:
        return 0.0
    area, recall_before = 0.0, 0.0
    for threshold in np.unique(scores)[::-1]:
        called_positive = scores >= threshold
        true_positives = np.sum(called_positive & (y_true == 1))
        recall = true_positives / positives
        area += (recall - recall_before) * true_positives / np.sum(called_positive)
        recall_before = recall
    return area
