"""Believable mistakes in average precision, and the hint that each one earns."""

import numpy as np


def _curve(y_true, scores):
    """Precision and recall at each threshold, highest first; without a positive the recall is 0."""
    called = scores[None, :] >= np.unique(scores)[::-1][:, None]
    tp = called[:, y_true == 1].sum(axis=1)
    return tp / called.sum(axis=1), tp / max(np.sum(y_true == 1), 1)


def _steps(precision, recall):
    return np.sum(np.diff(recall, prepend=0) * precision)


def _precisions_at_the_positives(is_positive):
    """Their sum, when no two samples share a threshold; the highest score comes first."""
    precision = np.cumsum(is_positive) / np.arange(1, len(is_positive) + 1)
    return np.sum(precision[is_positive])


def trapezoids(y_true, scores):
    """Joins the points by straight lines, from precision 1 at recall 0.

    You compute the area under straight lines between the points, which promises too much. Here
    each threshold adds a step: its own precision times the growth of the recall.
    """
    precision, recall = (
        np.append(first, values)
        for first, values in zip((1, 0), _curve(y_true, scores), strict=True)
    )
    return np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)


def precision_before_the_step(y_true, scores):
    """Multiplies each step with the precision of the threshold before, and 1 for the first.

    Your steps are one late: you multiply the growth of the recall with the precision at the
    threshold before. P_n belongs to the threshold that found the positive.
    """
    precision, recall = _curve(y_true, scores)
    return _steps(np.append(1, precision[:-1]), recall)


def mean_over_all_thresholds(y_true, scores):
    """Averages the precision over all thresholds, also where nothing new is found.

    You average the precision over all thresholds. Only where the recall grows is there a step:
    a threshold that adds a negative alone counts nothing.
    """
    precision, _ = _curve(y_true, scores)
    return np.mean(precision)


def divided_by_all_samples(y_true, scores):
    """Divides the sum of the precisions at the positives by N.

    You divide by the number of samples, so that even a perfect ranking gets less than 1. The
    recall grows to 1 with the positives: divide by their number.
    """
    precision, recall = _curve(y_true, scores)
    return _steps(precision, recall) * np.mean(y_true == 1)


def low_scores_are_positive(y_true, scores):
    """Runs through the samples from the lowest score to the highest.

    You begin with the lowest score. The threshold falls: what the classifier is surest of comes
    first.
    """
    return _steps(*_curve(y_true, -scores))


def equal_scores_in_the_order_they_come(y_true, scores):
    """Goes sample by sample, so that a tie depends on how the samples are sorted.

    Where scores are equal, your answer depends on the order in which the samples come. A threshold
    calls all of them positive at once: they make one step, with one precision.
    """
    ranked = y_true[np.argsort(-scores, kind="stable")] == 1
    return _precisions_at_the_positives(ranked) / max(np.sum(ranked), 1)


def equal_scores_in_reverse_order(y_true, scores):
    """Goes sample by sample along argsort(scores)[::-1].

    Where scores are equal, your answer depends on the order in which the samples come. A threshold
    calls all of them positive at once: they make one step, with one precision.
    """
    ranked = y_true[np.argsort(scores, kind="stable")[::-1]] == 1
    return _precisions_at_the_positives(ranked) / max(np.sum(ranked), 1)


def precision_never_falls(y_true, scores):
    """Replaces each precision by the largest one at this or a higher recall.

    You replace a precision by the largest one at the same or a higher recall, as benchmarks of
    object detection do. Here each precision stays as it is.
    """
    precision, recall = _curve(y_true, scores)
    return _steps(np.maximum.accumulate(precision[::-1])[::-1], recall)


def eleven_recalls(y_true, scores):
    """Averages the largest precisions at or above the recalls 0, 0.1, ..., 1.

    You average over eleven recalls from 0 to 1, as an old benchmark of object detection did. Here
    every threshold makes its own step.
    """
    precision, recall = _curve(y_true, scores)
    reached = recall[None, :] >= np.arange(11)[:, None] / 10 - 1e-12
    return np.mean(np.where(reached, precision[None, :], 0).max(axis=1))


def nothing_to_find_is_nan(y_true, scores):
    """Divides by zero where there is no positive.

    Your answer is NaN where no sample is positive: the recall is 0/0 there. In this exercise the
    answer is then 0.
    """
    return _steps(*_curve(y_true, scores)) if np.any(y_true == 1) else np.nan
