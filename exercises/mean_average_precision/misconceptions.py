"""Believable mistakes in mean average precision, and the hint that each one earns."""

import numpy as np


def _curve(y_true, scores):
    """Precision and recall at each threshold, highest first; without a positive the recall is 0."""
    called = scores[None, :] >= np.unique(scores)[::-1][:, None]
    tp = called[:, y_true == 1].sum(axis=1)
    return tp / called.sum(axis=1), tp / max(np.sum(y_true == 1), 1)


def _ap(y_true, scores):
    precision, recall = _curve(y_true, scores)
    return np.sum(np.diff(recall, prepend=0) * precision)


def _each(y_true, scores, ap=_ap):
    """The average precision of each column."""
    return np.array([ap(*column) for column in zip(y_true.T, scores.T, strict=True)])


def _one_by_one(ranked):
    """Average precision when no two samples share a threshold; the highest score comes first."""
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return np.sum(precision[ranked]) / max(np.sum(ranked), 1)


def labels_ranked_for_each_sample(y_true, scores):
    """Ranks along the rows: the labels of each sample.

    You rank the labels of each sample and take the mean over the samples. Here the samples of each
    class are ranked: go down the columns, and take the mean over the classes.
    """
    return np.mean(_each(y_true.T, scores.T))


def all_classes_in_one_ranking(y_true, scores):
    """Puts the scores of all classes into one ranking.

    You put all scores into one ranking, so that a class with high scores pushes the others down.
    Each class gets its own ranking and its own average precision first.
    """
    return _ap(y_true.ravel(), scores.ravel())


def classes_weighted_by_their_positives(y_true, scores):
    """Weights each class by its number of positives.

    You weight each class by its positives, so that a rare class hardly counts. In the mean over
    the classes they all have the same weight.
    """
    positives = np.sum(y_true == 1, axis=0)
    return np.sum(positives * _each(y_true, scores)) / max(np.sum(positives), 1)


def classes_without_a_positive_left_out(y_true, scores):
    """Averages over the classes that have a positive.

    You leave a class without a positive out of the mean. Libraries differ here; in this exercise
    it counts, with the average precision 0.
    """
    occurs = np.any(y_true == 1, axis=0)
    return np.sum(_each(y_true, scores)) / max(np.sum(occurs), 1)


def classes_without_a_positive_are_nan(y_true, scores):
    """Divides by zero where a class has no positive.

    Your answer is NaN where a class has no positive: its recall is 0/0. In this exercise its
    average precision is then 0.
    """
    occurs = np.any(y_true == 1, axis=0)
    return np.mean(np.where(occurs, _each(y_true, scores), np.nan))


def classes_without_a_positive_are_perfect(y_true, scores):
    """Gives a class without a positive the average precision 1.

    You give a class without a positive full marks, since nothing of it was missed. In this
    exercise its average precision is 0.
    """
    occurs = np.any(y_true == 1, axis=0)
    return np.mean(np.where(occurs, _each(y_true, scores), 1))


def mean_over_the_samples_of_a_ranking(y_true, scores):
    """Averages the precision at every place of a ranking, also at the negatives.

    You average the precision over all the places of a ranking. Only the places where a positive
    stands count: elsewhere the recall does not grow.
    """
    return np.mean(_each(y_true, scores, lambda *column: np.mean(_curve(*column)[0])))


def precision_at_one_half(y_true, scores):
    """Averages the precisions of the classes at the threshold 0.5.

    You average precisions at one threshold. The average precision of a class runs over all the
    thresholds of its ranking; then comes the mean over the classes.
    """
    called = scores >= 0.5
    hits = np.sum(called & (y_true == 1), axis=0)
    return np.mean(hits / np.maximum(np.sum(called, axis=0), 1))


def equal_scores_in_the_order_they_come(y_true, scores):
    """Goes sample by sample, so that a tie depends on how the samples are sorted.

    Where scores of a class are equal, your answer depends on the order in which the samples come.
    One threshold calls all of them positive at once: they share one precision.
    """

    def ap(targets, column):
        return _one_by_one(targets[np.argsort(-column, kind="stable")] == 1)

    return np.mean(_each(y_true, scores, ap))


def equal_scores_in_reverse_order(y_true, scores):
    """Goes sample by sample along argsort(scores)[::-1].

    Where scores of a class are equal, your answer depends on the order in which the samples come.
    One threshold calls all of them positive at once: they share one precision.
    """

    def ap(targets, column):
        return _one_by_one(targets[np.argsort(column, kind="stable")[::-1]] == 1)

    return np.mean(_each(y_true, scores, ap))


def precision_never_falls(y_true, scores):
    """Replaces each precision by the largest one at this or a higher recall.

    You replace a precision by the largest one at the same or a higher recall, as benchmarks of
    object detection do. Here each precision stays as it is.
    """

    def ap(targets, column):
        precision, recall = _curve(targets, column)
        best = np.maximum.accumulate(precision[::-1])[::-1]
        return np.sum(np.diff(recall, prepend=0) * best)

    return np.mean(_each(y_true, scores, ap))
