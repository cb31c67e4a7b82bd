"""The oracle: counts the samples one by one and computes with exact fractions."""

from fractions import Fraction

import numpy as np


def precision_recall_f1(matrix, average="binary"):
    """Return the tuple (precision, recall, f1)."""
    counts = [_count(matrix, k) for k in range(len(matrix))]
    if average == "micro":
        counts = [tuple(map(sum, zip(*counts, strict=True)))]
    scores = [_scores(*count) for count in counts]  # a row for each class

    if average is None:
        return tuple(np.array(score, dtype=float) for score in zip(*scores, strict=True))
    if average in ("binary", "micro"):
        return tuple(map(float, scores[-1]))
    weights = [tp + fn if average == "weighted" else 1 for tp, _, fn in counts]
    return tuple(
        float(sum(weight * row[which] for weight, row in zip(weights, scores, strict=True)))
        / sum(weights)
        for which in range(3)
    )


def _count(matrix, k):
    """Return (tp, fp, fn) of class k, of which each place of the matrix is asked."""
    tp = fp = fn = 0
    for (target, prediction), times in np.ndenumerate(matrix):
        tp += int(times) * (target == k and prediction == k)
        fp += int(times) * (target != k and prediction == k)
        fn += int(times) * (target == k and prediction != k)
    return tp, fp, fn


def _scores(tp, fp, fn):
    """Return precision, recall and their harmonic mean, as the formula has it."""
    precision = Fraction(tp, tp + fp) if tp + fp else Fraction(0)
    recall = Fraction(tp, tp + fn) if tp + fn else Fraction(0)
    both = recall + precision
    return precision, recall, 2 * recall * precision / both if both else Fraction(0)
