"""Believable mistakes in the area under the ROC curve, and the hint that each one earns."""

import numpy as np


def _pairs(y_true, scores):
    """Return where a positive lies above a negative, and where they tie: (positives, negatives)."""
    positives, negatives = scores[y_true == 1][:, None], scores[y_true == 0][None, :]
    return positives > negatives, positives == negatives


def _auc(y_true, scores):
    above, tied = _pairs(y_true, scores)
    return np.mean(above + tied / 2)


def _auc_of_ranked(is_positive):
    """The area when no two samples share a threshold, the highest score first."""
    positives = np.count_nonzero(is_positive)
    return np.sum(np.cumsum(is_positive)[~is_positive]) / (positives * np.sum(~is_positive))


def ties_count_nothing(y_true, scores):
    """Counts only the pairs in which the positive is strictly above.

    You give nothing for a pair with equal scores, as if it were in the wrong order. A tie counts
    half: under the curve it is a slanted piece, not a step.
    """
    above, _ = _pairs(y_true, scores)
    return np.mean(above)


def ties_count_fully(y_true, scores):
    """Counts a tie as a pair in the right order.

    You take a pair with equal scores for a pair in the right order. Then a classifier that gives
    every sample the same score would be perfect; a tie counts half.
    """
    above, tied = _pairs(y_true, scores)
    return np.mean(above | tied)


def equal_scores_in_the_order_they_come(y_true, scores):
    """Draws the curve sample by sample, so that a tie depends on how the samples are sorted.

    Where scores are equal, your answer depends on the order in which the samples come. No
    threshold separates them: they take one step together, up and to the right at once.
    """
    return _auc_of_ranked(y_true[np.argsort(-scores, kind="stable")] == 1)


def equal_scores_in_reverse_order(y_true, scores):
    """Draws the curve sample by sample along argsort(scores)[::-1].

    Where scores are equal, your answer depends on the order in which the samples come. No
    threshold separates them: they take one step together, up and to the right at once.
    """
    return _auc_of_ranked(y_true[np.argsort(scores, kind="stable")[::-1]] == 1)


def low_scores_are_positive(y_true, scores):
    """Sorts the samples the wrong way round.

    You compute 1 minus the area: your positives should have the lower scores. Look at the
    direction in which you sort, or run through the curve.
    """
    return 1 - _auc(y_true, scores)


def never_below_a_half(y_true, scores):
    """Turns an area below 0.5 round.

    You turn an area below 0.5 into one above it. It is meant to show that a classifier orders the
    samples worse than chance.
    """
    return max(_auc(y_true, scores), 1 - _auc(y_true, scores))


def classes_instead_of_scores(y_true, scores):
    """Rounds the scores to classes at 0.5 first.

    You decide at 0.5 first, and so the curve has one corner only. The area looks at the order of
    the scores themselves; no threshold is chosen.
    """
    return _auc(y_true, (scores >= 0.5).astype(int))


def thresholds_from_a_grid(y_true, scores):
    """Draws the curve through the thresholds 1, 0.9, ..., 0 alone.

    You try a few fixed thresholds from 1 to 0. Scores between two of them look tied to you, and
    scores beyond them are never reached. Use the scores that occur.
    """
    grid = np.linspace(1, 0, 11)
    called = scores[None, :] >= grid[:, None]
    tpr = np.concatenate([[0], called[:, y_true == 1].mean(axis=1), [1]])
    fpr = np.concatenate([[0], called[:, y_true == 0].mean(axis=1), [1]])
    return np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)


def divided_by_all_pairs_of_samples(y_true, scores):
    """Divides by N (N - 1) / 2, all pairs of samples.

    You divide by the number of all pairs of samples. Two positives make no pair that could be in
    order: only a positive with a negative counts.
    """
    above, tied = _pairs(y_true, scores)
    return np.sum(above + tied / 2) / (len(scores) * (len(scores) - 1) / 2)


def gini_coefficient(y_true, scores):
    """Returns 2 * auc - 1, which is 0 for a tossed coin.

    Your number is 0 where guessing should give 0.5, and may be negative: you count from the
    diagonal. The area is measured down to the horizontal axis.
    """
    return 2 * _auc(y_true, scores) - 1
