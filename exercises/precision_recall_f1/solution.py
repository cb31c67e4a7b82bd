"""Precision, recall and F1 from the counts of each class against the rest."""

import numpy as np


def precision_recall_f1(matrix, average="binary"):
    """Return the tuple (precision, recall, f1)."""
    tp = np.diag(matrix)
    fp = matrix.sum(axis=0) - tp  # called k, but something else
    fn = matrix.sum(axis=1) - tp  # k, but called something else
    if average == "micro":
        tp, fp, fn = tp.sum(), fp.sum(), fn.sum()
    precision = _divide(tp, tp + fp)
    recall = _divide(tp, tp + fn)
    f1 = _divide(2 * tp, 2 * tp + fp + fn)

    if average == "binary":
        return precision[1], recall[1], f1[1]
    if average == "macro":
        return precision.mean(), recall.mean(), f1.mean()
    if average == "weighted":
        weights = matrix.sum(axis=1) / matrix.sum()
        return weights @ precision, weights @ recall, weights @ f1
    return precision, recall, f1


def _divide(numerator, denominator):
    """Return the ratio, and 0 where it is 0/0: there the numerator is 0 over any number."""
    return numerator / np.where(denominator == 0, 1, denominator)
