"""The area under the ROC curve, as the share of the pairs that are in the right order."""

import numpy as np


def roc_auc(y_true, scores):
    """Return the area under the ROC curve."""
    positives = scores[y_true == 1]
    negatives = scores[y_true == 0]
    in_order, tied = 0, 0
    for score in positives:
        in_order += np.sum(score > negatives)
        tied += np.sum(score == negatives)
    return (in_order + tied / 2) / (len(positives) * len(negatives))
