"""Metrics of classifiers, counted from the targets and the predicted classes."""

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import (
    IntegerArray,
    check_all,
    check_shape,
    read_array,
    read_integer,
)
from reference.backends import load_kernels
from reference.targets import check_class_indices, read_integers

SAMPLES_TO_GUESS_FROM = 1024


def confusion_matrix(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    num_classes: int | None = None,
    backend: str = "cpu",
) -> IntegerArray:
    """Return how often each target class was predicted as each class.

    matrix[t, p] = number of samples n with y_true[n] == t and y_pred[n] == p

    Arguments:
        y_true: target classes, integers from 0, shape (N,). N may be 0 if num_classes is given.
        y_pred: predicted classes, likewise.
        num_classes: K; None means 1 more than the largest class that occurs in either.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: int64, shape (K, K). It sums to N.

    Conventions: rows are targets, columns are predictions, as in scikit-learn and the lecture of
    BME; some books transpose it. Unlike scikit-learn, class k always stands in row k, whether or
    not it occurs, and a class that is no number from 0 is an error.

    Raises ValueError for shapes that differ, classes outside 0 to K - 1, no classes at all, or an
    unknown backend; TypeError for labels that are not integers.

    Source: BME, case bme-confusion; sklearn.metrics.confusion_matrix.

    >>> confusion_matrix([0, 0, 1, 2], [0, 1, 1, 0])  # a 0 was taken for a 1, the 2 for a 0
    array([[1, 1, 0],
           [0, 1, 0],
           [1, 0, 0]])
    """
    if num_classes is not None:
        num_classes = read_integer("num_classes", num_classes, 1)
    targets, predictions = read_targets_and_predictions(y_true, y_pred, backend)
    matrix, in_range = count_pairs(targets, predictions, num_classes, backend)
    if not in_range:
        check_labels(y_true, y_pred, num_classes)
    return matrix


def read_targets_and_predictions(
    y_true: ArrayLike, y_pred: ArrayLike, backend: str = "cpu"
) -> tuple[IntegerArray, IntegerArray]:
    """Return the labels of the samples, two arrays of shape (N,), whatever their values.

    The pass that counts them looks at the values too; then `check_labels` names one that is wrong.
    """
    targets = read_integers("y_true", y_true, backend)
    predictions = read_integers("y_pred", y_pred, backend)
    if targets.ndim != 1:
        raise ValueError(f"y_true: got shape {targets.shape}, expected (N,)")
    check_shape("y_pred", predictions, targets.shape, "y_true")
    return targets, predictions


def check_labels(y_true: ArrayLike, y_pred: ArrayLike, num_classes: int | None = None) -> None:
    """Raise a ValueError that shows the first label that is no class index."""
    check_class_indices("y_true", y_true, num_classes)
    check_class_indices("y_pred", y_pred, num_classes)


def count_pairs(
    y_true: IntegerArray, y_pred: IntegerArray, num_classes: int | None, backend: str
) -> tuple[IntegerArray, bool]:
    """Return the confusion matrix, and whether all labels are in range; if not, it is worthless."""
    if num_classes is None:
        return _count_pairs_of_any(y_true, y_pred, backend)
    like = y_pred if isinstance(y_true, np.ndarray) else y_true
    matrix = np.zeros((num_classes, num_classes), np.int64, like=like)
    in_range = load_kernels("metrics", backend).confusion_matrix(matrix, y_true, y_pred)
    return matrix, in_range


def _count_pairs_of_any(
    y_true: IntegerArray, y_pred: IntegerArray, backend: str
) -> tuple[IntegerArray, bool]:
    """Count with as many classes as a few samples need, and once more where that was too few.

    A GPU looks at all samples at once: to guess would take it as long.
    """
    if y_true.size == 0:
        raise ValueError("num_classes: got None, expected a number when there are no labels")
    kernels = load_kernels("metrics", backend)
    step = max(1, y_true.size // SAMPLES_TO_GUESS_FROM)
    if step > 1 and backend == "cpu":
        some = (np.ascontiguousarray(labels[::step]) for labels in (y_true, y_pred))
        matrix, in_range = _count_below(
            int(kernels.confusion_matrix_largest_label(*some)), y_true, y_pred, backend
        )
        if in_range:
            return matrix, in_range
    return _count_below(
        int(kernels.confusion_matrix_largest_label(y_true, y_pred)), y_true, y_pred, backend
    )


def _count_below(
    largest: int, y_true: IntegerArray, y_pred: IntegerArray, backend: str
) -> tuple[IntegerArray, bool]:
    if largest > np.iinfo(np.int64).max:  # a negative label
        return np.empty((0, 0), np.int64), False
    return count_pairs(y_true, y_pred, largest + 1, backend)


def one_vs_rest_counts(matrix: ArrayLike, k: int) -> tuple[int, int, int, int]:
    """Return (tp, fp, fn, tn): class k against all other classes.

    tp = matrix[k, k]                   targets k, predicted k
    fp = sum_t matrix[t, k] - tp        other targets, predicted k (the rest of the column)
    fn = sum_p matrix[k, p] - tp        targets k, predicted otherwise (the rest of the row)
    tn = sum of matrix - tp - fp - fn   the samples that k has no part in

    Arguments:
        matrix: a confusion matrix, integers of at least 0, shape (K, K), rows are targets.
        k: the class, 0 to K - 1.

    Result: four Python ints, which add up to the number of samples.

    Conventions: the order is tp, fp, fn, tn; the flat binary matrix of scikit-learn reads
    tn, fp, fn, tp.

    Raises ValueError for a matrix that is not square or has negative counts, or for a class that it
    does not have; TypeError for counts that are not integers.

    Source: BME, case bme-confusion, "rocket against the rest" (the slide prints TN 42; its table
    adds up to 45).

    >>> one_vs_rest_counts([[15, 3, 8], [4, 23, 1], [9, 2, 19]], 0)  # tn = 23 + 1 + 2 + 19
    (15, 13, 11, 45)
    """
    counts = _read_matrix(matrix)
    k = read_integer("k", k, 0)
    if k >= len(counts):
        raise ValueError(
            f"k: got {k}, expected 0 to {len(counts) - 1} for matrix of shape {counts.shape}"
        )
    tp, fp, fn, tn = (int(count[k]) for count in count_each_class(counts))
    return tp, fp, fn, tn


def count_each_class(
    matrix: IntegerArray,
) -> tuple[IntegerArray, IntegerArray, IntegerArray, IntegerArray]:
    """Return (tp, fp, fn, tn) of every class, arrays of shape (K,), from a confusion matrix."""
    tp = matrix.diagonal()
    fp = matrix.sum(axis=0) - tp
    fn = matrix.sum(axis=1) - tp
    return tp, fp, fn, matrix.sum() - tp - fp - fn


def _read_matrix(matrix: ArrayLike) -> IntegerArray:
    counts = read_array("matrix", matrix)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"matrix: got shape {counts.shape}, expected (K, K)")
    if counts.dtype.kind not in "iu":
        raise TypeError(f"matrix: got dtype {counts.dtype}, expected integer counts")
    check_all("matrix", counts, counts >= 0, "counts of at least 0")
    return counts.astype(np.int64)
