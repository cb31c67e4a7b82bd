"""Metrics of the order in which scores put the samples, whatever threshold one chooses.

A sample is predicted positive when its score is at least the threshold.
"""

import math
import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import (
    FloatArray,
    IntegerArray,
    check_all,
    check_shape,
    read_floats,
)
from reference.backends import load_kernels
from reference.targets import check_class_indices, read_integers

Curve = tuple[NDArray[np.float64], NDArray[np.float64], FloatArray]


def roc_curve(
    y_true: ArrayLike, scores: ArrayLike, *, drop_intermediate: bool = True, backend: str = "cpu"
) -> Curve:
    """Return the false and the true positive rates at all thresholds, and the thresholds.

    fpr[i] = FP / (FP + TN)     where scores >= thresholds[i] is predicted positive
    tpr[i] = TP / (TP + FN)

    Arguments:
        y_true: targets, integers 0 and 1 or booleans, shape (N,), N at least 1.
        scores: the higher, the likelier a 1: probabilities, logits, ..., shape (N,). They may be
            infinite; only their order matters.
        drop_intermediate: leave out points that lie between their neighbours on a straight line.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (fpr, tpr, thresholds), each of shape (T,), from (0, 0) to (1, 1). The rates are
    float64. The thresholds fall; they are the scores that occur, in their dtype, after
    thresholds[0] = inf, at which nothing is positive.

    Conventions: scikit-learn's. Equal scores share one point. A point is between its neighbours
    when both counts grow by as much before as after it; a few others on a line stay. Where one
    class is missing, its rate is 0/0: NaN, with a RuntimeWarning.

    Raises ValueError for no samples, shapes that differ, labels other than 0 and 1, a score that is
    NaN, or an unknown backend; TypeError for other dtypes.

    Source: NCU, case ncu-roc-pr; sklearn.metrics.roc_curve.

    >>> fpr, tpr, thresholds = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> fpr
    array([0. , 0. , 0.5, 0.5, 1. ])
    >>> tpr
    array([0. , 0.5, 0.5, 1. , 1. ])
    >>> thresholds
    array([ inf, 0.8 , 0.4 , 0.35, 0.1 ])
    """
    tps, fps, thresholds = _count_at_thresholds(y_true, scores, backend)
    for missing, name, counts in ((0, "fpr", fps), (1, "tpr", tps)):
        if counts[-1] == 0:
            _warn(f"{name} is NaN, because y_true has no {missing}")
    if drop_intermediate and len(tps) > 2:
        inner = (np.diff(fps, 2) != 0) | (np.diff(tps, 2) != 0)
        kept = np.concatenate([[True], inner, [True]])
        tps, fps, thresholds = tps[kept], fps[kept], thresholds[kept]
    start = np.full(1, np.inf, thresholds.dtype)
    return _rates(fps), _rates(tps), np.concatenate([start, thresholds])


def roc_auc(y_true: ArrayLike, scores: ArrayLike, *, backend: str = "cpu") -> float:
    """Return the area under the ROC curve.

    auc = P(score of a positive > score of a negative) + P(equal) / 2
        = (pairs in the right order + tied pairs / 2) / (positives * negatives)

    Arguments:
        y_true: targets, integers 0 and 1 or booleans, shape (N,), N at least 1.
        scores: the higher, the likelier a 1, shape (N,). They may be infinite.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a float from 0 to 1; 0.5 is what guessing gives. It is counted in integers, up to 4e9
    samples, and rounded once.

    Conventions: a tie counts half, which is the trapezoidal rule under the curve. Where one class
    is missing, it is 0/0: NaN, with a RuntimeWarning, as in scikit-learn.

    Raises ValueError for no samples, shapes that differ, labels other than 0 and 1, a score that is
    NaN, or an unknown backend; TypeError for other dtypes.

    Source: NCU, case ncu-roc-pr; Hanley and McNeil, "The meaning and use of the area under a
    receiver operating characteristic (ROC) curve", Radiology 143, 1982; sklearn.metrics.
    roc_auc_score.

    >>> roc_auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])  # 3 of the 4 pairs are in order
    0.75
    """
    positives, negatives = _sort_by_label(y_true, scores, backend)
    pairs = positives.size * negatives.size
    if pairs == 0:
        _warn(f"roc_auc is NaN, because y_true has no {0 if positives.size else 1}")
        return math.nan
    out = np.zeros(1, np.int64)
    load_kernels("ranking", backend).roc_auc(out, positives, negatives)
    return int(out[0]) / (2 * pairs)


def precision_recall_curve(
    y_true: ArrayLike, scores: ArrayLike, *, drop_intermediate: bool = False, backend: str = "cpu"
) -> Curve:
    """Return the precisions and the recalls at all thresholds, and the thresholds.

    precision[i] = TP / (TP + FP)     where scores >= thresholds[i] is predicted positive
    recall[i] = TP / (TP + FN)

    Arguments:
        y_true: targets, integers 0 and 1 or booleans, shape (N,), N at least 1.
        scores: the higher, the likelier a 1, shape (N,). They may be infinite.
        drop_intermediate: of the points with the same recall, keep only the first and the last.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (precision, recall, thresholds). The first two are float64, shape (T + 1,), and end
    with precision 1 and recall 0, which has no threshold. The thresholds, shape (T,), rise; they
    are the scores that occur, in their dtype.

    Conventions: scikit-learn's: thresholds rise here and fall in roc_curve; equal scores share one
    point. Without a positive target the recall counts as 1, with a RuntimeWarning.

    Raises ValueError for no samples, shapes that differ, labels other than 0 and 1, a score that is
    NaN, or an unknown backend; TypeError for other dtypes.

    Source: NCU, case ncu-roc-pr; sklearn.metrics.precision_recall_curve.

    >>> precision, recall, thresholds = precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])
    >>> precision.round(2)  # 2/4, 2/3, 1/2, 1/1
    array([0.5 , 0.67, 0.5 , 1.  , 1.  ])
    >>> recall
    array([1. , 1. , 0.5, 0.5, 0. ])
    >>> thresholds
    array([0.1, 0.3, 0.4, 0.8])
    """
    tps, fps, thresholds = _count_at_thresholds(y_true, scores, backend)
    if drop_intermediate and len(tps) > 2:
        inner = (np.diff(tps[:-1]) != 0) | (np.diff(tps[1:]) != 0)
        kept = np.concatenate([[True], inner, [True]])
        tps, fps, thresholds = tps[kept], fps[kept], thresholds[kept]
    if tps[-1] == 0:
        _warn("recall counts as 1, because y_true has no 1")
        recall = np.ones(len(tps))
    else:
        recall = tps / tps[-1]
    precision = np.append((tps / (tps + fps))[::-1], 1.0)
    return precision, np.append(recall[::-1], 0.0), thresholds[::-1].copy()


def average_precision(y_true: ArrayLike, scores: ArrayLike, *, backend: str = "cpu") -> float:
    """Return the average precision: the area under the steps of the precision-recall curve.

    ap = sum_n (R_n - R_{n-1}) * P_n

    with P_n and R_n the precision and the recall at the n-th highest threshold, R_0 = 0.

    Arguments:
        y_true: targets, integers 0 and 1 or booleans, shape (N,), N at least 1.
        scores: the higher, the likelier a 1, shape (N,). They may be infinite.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a float from 0 to 1; guessing gives the share of the positives.

    Conventions: scikit-learn's: steps, not trapezoids between the points, which would be too
    optimistic, and the precisions as they are, where benchmarks of object detection interpolate
    them. Without a positive target it is 0, with a RuntimeWarning.

    Raises ValueError for no samples, shapes that differ, labels other than 0 and 1, a score that is
    NaN, or an unknown backend; TypeError for other dtypes.

    Source: NCU, case ncu-roc-pr; sklearn.metrics.average_precision_score.

    >>> average_precision([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])  # 1/2 * 1/1 + 1/2 * 2/3
    0.8333333333333333
    """
    positives, negatives = _sort_by_label(y_true, scores, backend)
    if positives.size == 0:
        _warn("average_precision is 0, because y_true has no 1")
        return 0.0
    out = np.zeros(1)
    load_kernels("ranking", backend).average_precision(out, positives, negatives)
    return float(out[0]) / positives.size


def _count_at_thresholds(
    y_true: ArrayLike, scores: ArrayLike, backend: str
) -> tuple[IntegerArray, IntegerArray, FloatArray]:
    """Return the true and the false positives at each score that occurs, highest first."""
    positives, negatives = _sort_by_label(y_true, scores, backend)
    size = positives.size + negatives.size
    tps, fps = np.empty((2, size), np.int64)
    thresholds = np.empty(size, positives.dtype)
    kernels = load_kernels("ranking", backend)
    count = kernels.count_at_thresholds(tps, fps, thresholds, positives, negatives)
    return tps[:count], fps[:count], thresholds[:count]


def _rates(counts: IntegerArray) -> NDArray[np.float64]:
    """Return 0 and the counts as shares of the last one, the largest."""
    total = float(counts[-1]) or math.nan
    shares: NDArray[np.float64] = np.append(0, counts) / total
    return shares


def _sort_by_label(
    y_true: ArrayLike, scores: ArrayLike, backend: str
) -> tuple[FloatArray, FloatArray]:
    """Return the scores of the positives and of the negatives, each ascending."""
    targets = read_integers("y_true", y_true, backend)
    (numbers,) = read_floats(backend, scores=scores)
    if targets.ndim != 1 or targets.size == 0:
        raise ValueError(f"y_true: got shape {targets.shape}, expected (N,) with N at least 1")
    check_shape("scores", numbers, targets.shape, "y_true")
    parts: tuple[FloatArray, FloatArray] | None
    parts = load_kernels("ranking", backend).sort_by_label(targets, numbers)
    if parts is None:  # the kernel looks at each sample in any case; only here it is asked which
        check_class_indices("y_true", y_true, 2)
        host = numbers if isinstance(numbers, np.ndarray) else numbers.copy_to_host()
        check_all("scores", host, ~np.isnan(host), "numbers that have an order")
        raise AssertionError("a kernel refused samples that are in order")
    return parts


def _warn(message: str) -> None:
    """Warn at the line that called the public function."""
    warnings.warn(message, RuntimeWarning, stacklevel=3)
