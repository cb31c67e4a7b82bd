"""Ranking on the CPU: the scores of each label are sorted, then both are walked through at once.

Sorting two arrays of numbers is several times as fast as finding the order of one, and equal scores
need no care: each threshold takes all of them.
"""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit


def roc_auc(out: IntegerArray, y_true: IntegerArray, scores: FloatArray) -> None:
    """Fill out (1,) with the pairs (positive, negative) in the right order, twice; ties once."""
    _count_ordered_pairs(out, *_sort_by_label(y_true, scores))


def average_precision(out: NDArray[np.float64], y_true: IntegerArray, scores: FloatArray) -> None:
    """Fill out (1,) with the sum of the precisions at the positives."""
    _sum_precisions(out, *_sort_by_label(y_true, scores))


def count_at_thresholds(
    tps: IntegerArray,
    fps: IntegerArray,
    thresholds: FloatArray,
    y_true: IntegerArray,
    scores: FloatArray,
) -> int:
    """Fill the first places of the arrays (N,), highest threshold first; return how many."""
    return _count_at_thresholds(tps, fps, thresholds, *_sort_by_label(y_true, scores))


def _sort_by_label(y_true: IntegerArray, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the scores of the positives and of the negatives, each ascending."""
    is_positive = y_true.astype(bool)
    # The same as scores[is_positive], in half the time or less.
    positives, negatives = scores.compress(is_positive), scores.compress(~is_positive)
    positives.sort()
    negatives.sort()
    return positives, negatives


@jit
def _count_ordered_pairs(out: IntegerArray, positives: FloatArray, negatives: FloatArray) -> None:
    below, not_above, total = 0, 0, 0
    for i in range(positives.size):
        while below < negatives.size and negatives[below] < positives[i]:
            below += 1
        while not_above < negatives.size and negatives[not_above] <= positives[i]:
            not_above += 1
        total += below + not_above
    out[0] = total


@jit
def _sum_precisions(out: NDArray[np.float64], positives: FloatArray, negatives: FloatArray) -> None:
    i, j = positives.size, negatives.size
    total, lost = 0.0, 0.0  # Kahan's sum
    while i > 0:
        threshold, before = positives[i - 1], i
        while i > 0 and positives[i - 1] == threshold:
            i -= 1
        while j > 0 and negatives[j - 1] >= threshold:
            j -= 1
        tp, fp = positives.size - i, negatives.size - j
        term = (before - i) * tp / (tp + fp) - lost
        grown = total + term
        lost = (grown - total) - term
        total = grown
    out[0] = total


@jit
def _count_at_thresholds(
    tps: IntegerArray,
    fps: IntegerArray,
    thresholds: FloatArray,
    positives: FloatArray,
    negatives: FloatArray,
) -> int:
    i, j, n = positives.size, negatives.size, 0
    while i > 0 or j > 0:
        threshold = negatives[j - 1] if i == 0 else positives[i - 1]
        if j > 0 and negatives[j - 1] > threshold:
            threshold = negatives[j - 1]
        while i > 0 and positives[i - 1] == threshold:
            i -= 1
        while j > 0 and negatives[j - 1] == threshold:
            j -= 1
        tps[n], fps[n], thresholds[n] = positives.size - i, negatives.size - j, threshold
        n += 1
    return n
