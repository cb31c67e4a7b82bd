"""Ranking on the CPU: the scores of each label are sorted; then both are walked through at once.

Sorting two arrays of numbers is several times as fast as finding the order of one, and equal scores
need no care: each threshold takes all of them.
"""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import inlined, jit


def sort_by_label(y_true: IntegerArray, scores: FloatArray) -> tuple[FloatArray, FloatArray] | None:
    """Return the scores of the positives and of the negatives, each ascending.

    None if a label is neither 0 nor 1 or a score is NaN.
    """
    parted = np.empty_like(scores)
    positives = _part(parted, y_true, scores)
    if positives < 0:
        return None
    parted[:positives].sort()
    parted[positives:].sort()
    return parted[:positives], parted[positives:]


@inlined
def _part(out: FloatArray, y_true: IntegerArray, scores: FloatArray) -> np.int64:
    """Put the scores of the positives first; return how many, or -1 if a sample is not in order."""
    one = np.uint64(1)
    start, end = np.uint64(0), np.uint64(out.size - 1)
    for n in range(scores.size):
        score, label = scores[n], np.uint64(y_true[n])
        if label > one or score != score:
            return np.int64(-1)
        # Both, since a branch would be mispredicted half of the time; the wrong place is written
        # over by the score that belongs there.
        out[start] = score
        out[end] = score
        start += label
        end -= one - label
    return np.int64(start)


@jit
def roc_auc(out: IntegerArray, positives: FloatArray, negatives: FloatArray) -> None:
    """Fill out (1,) with the pairs (positive, negative) in the right order, twice; ties once."""
    i, j, total = 0, 0, 0
    while i < positives.size:
        threshold, before = positives[i], i
        while i < positives.size and positives[i] == threshold:
            i += 1
        while j < negatives.size and negatives[j] < threshold:
            j += 1
        below = j
        while j < negatives.size and negatives[j] == threshold:
            j += 1
        total += (i - before) * (below + j)
    out[0] = total


@jit
def average_precision(
    out: NDArray[np.float64], positives: FloatArray, negatives: FloatArray
) -> None:
    """Fill out (1,) with the sum of the precisions at the positives."""
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
def count_at_thresholds(
    tps: IntegerArray,
    fps: IntegerArray,
    thresholds: FloatArray,
    positives: FloatArray,
    negatives: FloatArray,
) -> int:
    """Fill the first places of the arrays (N,), highest threshold first; return how many."""
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
