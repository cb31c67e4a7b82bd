"""The oracle: the mean of the precisions that the positives themselves see, in exact fractions.

A positive sees the samples whose score is at least its own. Samples with equal scores see the same,
so that the mean over the positives of a class is the sum over the steps of its curve.
"""

from fractions import Fraction


def mean_average_precision(y_true, scores):
    """Return the mean over the columns of their average precisions."""
    columns = list(zip(y_true.T.tolist(), scores.T.tolist(), strict=True))
    return float(sum(_average_precision(*column) for column in columns) / len(columns))


def _average_precision(targets, scores):
    samples = list(zip(targets, scores, strict=True))
    seen = [
        [target for target, other in samples if other >= score]
        for is_positive, score in samples
        if is_positive
    ]
    precisions = [Fraction(sum(targets), len(targets)) for targets in seen]
    return sum(precisions, Fraction(0)) / max(len(precisions), 1)
