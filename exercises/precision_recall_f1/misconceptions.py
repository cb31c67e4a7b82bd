"""Believable mistakes in precision, recall and F1, and the hint that each one earns."""

import numpy as np


def _divide(numerator, denominator):
    return numerator / np.where(denominator == 0, 1, denominator)


def _counts(matrix):
    tp = np.diag(matrix)
    return tp, matrix.sum(axis=0) - tp, matrix.sum(axis=1) - tp


def _scores(tp, fp, fn, divide=_divide):
    precision, recall = divide(tp, tp + fp), divide(tp, tp + fn)
    return precision, recall, divide(2 * tp, 2 * tp + fp + fn)


def _averaged(matrix, average, scores=_scores, weights=None, mean=np.mean, positive=1):
    """Correct; each mistake below changes one of its steps."""
    if average == "micro":
        return scores(*(count.sum() for count in _counts(matrix)))
    each = scores(*_counts(matrix))
    if average is None:
        return each
    if average == "binary":
        return tuple(score[positive] for score in each)
    if average == "macro":
        return tuple(mean(score) for score in each)
    weights = matrix.sum(axis=1) if weights is None else weights
    return tuple(np.sum(weights * score) / np.sum(weights) for score in each)


def precision_and_recall_swapped(matrix, average="binary"):
    """Divides by the row for precision and by the column for recall.

    Your precision and recall are swapped. Precision asks about what was called k, recall about
    what is k: which of the two is a row, when rows are the targets?
    """
    return _averaged(matrix.T, average, weights=matrix.sum(axis=1))


def class_zero_is_the_positive_one(matrix, average="binary"):
    """Scores class 0 for "binary".

    Your scores for average="binary" are those of class 0. There class 1 is the positive one, as
    the label 1 says.
    """
    return _averaged(matrix, average, positive=0)


def f1_is_the_plain_mean(matrix, average="binary"):
    """Takes (precision + recall) / 2 for F1.

    Your F1 is the arithmetic mean of precision and recall. The harmonic mean lies nearer to the
    smaller one of the two: 2PR / (P + R).
    """

    def scores(tp, fp, fn):
        precision, recall, _ = _scores(tp, fp, fn)
        return precision, recall, (precision + recall) / 2

    return _averaged(matrix, average, scores)


def f1_of_the_means(matrix, average="binary"):
    """Computes the F1 of the mean precision and the mean recall.

    Your mean F1 is the F1 of the mean precision and recall. Here each class gets its own F1 first;
    then they are averaged.
    """
    precision, recall, f1 = _averaged(matrix, average)
    if average in ("macro", "weighted"):
        f1 = _divide(2 * precision * recall, precision + recall)
    return precision, recall, f1


def weighted_by_the_predictions(matrix, average="binary"):
    """Weights each class by how often it was predicted.

    You weight each class by how often it was predicted. Its weight is the number of its targets:
    how many samples there are of it.
    """
    return _averaged(matrix, average, weights=matrix.sum(axis=0))


def macro_is_weighted(matrix, average="binary"):
    """Weights the classes by their size for "macro" too.

    Your "macro" follows the large classes, as "weighted" does. For "macro" every class has the
    same weight, however rare.
    """
    return _averaged(matrix, "weighted" if average == "macro" else average)


def micro_is_macro(matrix, average="binary"):
    """Averages the scores for "micro", where the counts are summed.

    Your "micro" is the mean of the classes' scores, which is "macro". For "micro" the counts are
    summed over the classes first, and one score is computed from the sums.
    """
    return _averaged(matrix, "macro" if average == "micro" else average)


def nothing_over_nothing_is_nan(matrix, average="binary"):
    """Leaves 0/0 as NaN.

    Your answer holds NaN where nothing was predicted as a class, or nothing is of it. Such a score
    counts as 0 here.
    """

    def divide(numerator, denominator):
        with np.errstate(invalid="ignore"):
            return np.float64(numerator) / denominator

    return _averaged(matrix, average, lambda *counts: _scores(*counts, divide))


def nothing_over_nothing_is_one(matrix, average="binary"):
    """Takes 0/0 for 1: who says nothing makes no mistake.

    You give a class that was never predicted, or never occurs, the score 1. One can argue for it,
    but here 0/0 counts as 0: a silent classifier earns nothing.
    """

    def divide(numerator, denominator):
        return np.where(denominator == 0, 1.0, _divide(numerator, denominator))

    return _averaged(matrix, average, lambda *counts: _scores(*counts, divide))


def undefined_classes_left_out_of_the_mean(matrix, average="binary"):
    """Averages "macro" over the classes whose score is not 0/0.

    You leave a class whose score is 0/0 out of the mean. Here it counts, as 0: divide by the
    number of all classes.
    """

    def defined_mean(tp, denominator):
        return np.sum(_divide(tp, denominator)) / max(np.count_nonzero(denominator), 1)

    if average != "macro":
        return _averaged(matrix, average)
    tp, fp, fn = _counts(matrix)
    denominators = (tp + fp, tp + fn, 2 * tp + fp + fn)
    return tuple(defined_mean(n, d) for n, d in zip((tp, tp, 2 * tp), denominators, strict=True))
