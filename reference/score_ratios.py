"""Scores that are a ratio of the four counts of a class, and their averages over the classes.

The averages are scikit-learn's: macro is the mean of the classes' scores, weighted their mean by
the targets that each class has, and micro the score of the counts, each summed over the classes.
"""

import math
import warnings
from numbers import Real
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import (
    IntegerArray,
    check_all,
    is_on_device,
    load_device_arrays,
    read_integer,
    read_labels,
)
from reference.metrics import (
    check_labels,
    count_each_class,
    count_pairs,
    read_targets_and_predictions,
)
from reference.targets import check_class_indices

Score = float | NDArray[np.float64]
AVERAGES = ("binary", "macro", "micro", "weighted")


class Ratio(NamedTuple):
    """A score of a class: a sum of its counts over another, each written as "tp + fp"."""

    name: str
    numerator: str
    denominator: str
    # What is so where the denominator is 0.
    undefined: str


def score_classes(
    ratio: Ratio,
    y_true: ArrayLike,
    y_pred: ArrayLike,
    average: str | None,
    pos_label: int,
    num_classes: int | None,
    zero_division: float | str,
    backend: str,
) -> Score:
    """Return the ratio of each class, or their average; its caller is what the user called."""
    pos_label, num_classes = _read_classes(average, pos_label, num_classes)
    fallback = _read_zero_division(zero_division)
    targets, predictions = read_targets_and_predictions(y_true, y_pred, backend)
    check_any_samples(targets)
    matrix, in_range = count_pairs(targets, predictions, num_classes, backend)
    if not in_range:
        _check_labels(y_true, y_pred, average, num_classes)
    if not isinstance(matrix, np.ndarray):  # a few counts, of however many samples
        matrix = matrix.copy_to_host()
    if average == "binary":
        classes = np.array([pos_label])
    elif average is None or num_classes is not None:
        classes = np.arange(len(matrix))
    else:
        classes = np.flatnonzero(matrix.sum(axis=0) + matrix.sum(axis=1))
    tp, fp, fn, tn = (count[classes] for count in count_each_class(matrix))
    counts = {"tp": tp, "fp": fp, "fn": fn, "tn": tn}
    if average == "micro":
        counts = {name: count.sum(keepdims=True) for name, count in counts.items()}
    scores, undefined = _divide(ratio, counts, fallback)
    if undefined.any() and zero_division == "warn":
        whose = "all classes together" if average == "micro" else _name(classes[undefined])
        warnings.warn(_explain(ratio, whose), RuntimeWarning, stacklevel=3)
    if average is None:
        return scores
    return _mean(scores, tp + fn if average == "weighted" else np.ones(len(scores), np.int64))


def check_any_samples(y_true: IntegerArray) -> None:
    """Raise a ValueError if there are no samples, of which nothing can be said."""
    if y_true.size == 0:
        raise ValueError(f"y_true: got shape {y_true.shape}, expected (N,) with N at least 1")


def _read_classes(
    average: object, pos_label: object, num_classes: object
) -> tuple[int, int | None]:
    if average is not None and not (isinstance(average, str) and average in AVERAGES):
        expected = "'binary', 'macro', 'micro', 'weighted' or None"
        raise ValueError(f"average: got {average!r}, expected {expected}")
    label = read_integer("pos_label", pos_label)
    number = None if num_classes is None else read_integer("num_classes", num_classes, 1)
    if average == "binary":
        if label not in (0, 1):
            raise ValueError(f"pos_label: got {label}, expected 0 or 1")
        if number not in (None, 2):
            raise ValueError(f"num_classes: got {number}, expected 2 or None for average='binary'")
        return label, 2
    if label != 1:
        expected = f"the default 1 for average={average!r}, which has no positive class"
        raise ValueError(f"pos_label: got {label}, expected {expected}")
    return label, number


def _read_zero_division(zero_division: object) -> float:
    """Return the score of a class whose denominator is 0."""
    if isinstance(zero_division, str) and zero_division == "warn":
        return 0.0
    if isinstance(zero_division, Real) and not isinstance(zero_division, bool):
        number = float(zero_division)
        if number in (0.0, 1.0) or math.isnan(number):
            return number
    raise ValueError(f"zero_division: got {zero_division!r}, expected 'warn', 0, 1 or nan")


def _check_labels(
    y_true: ArrayLike, y_pred: ArrayLike, average: str | None, num_classes: int | None
) -> None:
    """Raise a ValueError that shows the first label that is out of range."""
    if average != "binary":
        check_labels(y_true, y_pred, num_classes)
        return
    advice = "for more classes choose average='macro', 'micro', 'weighted' or None"
    expected = f"0 or 1 for average='binary'; {advice}"
    for name, labels in (("y_true", y_true), ("y_pred", y_pred)):
        check_class_indices(name, labels, None)
        if is_on_device(labels):
            arrays = load_device_arrays()
            arrays.check_range(name, arrays.read_device_integers(name, labels), 0, 1, expected)
        else:
            array = read_labels(name, labels)
            check_all(name, array, array <= 1, expected)


def _divide(
    ratio: Ratio, counts: dict[str, IntegerArray], fallback: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the scores and where they are 0/0, each of the shape of a count."""
    numerator, denominator = (
        np.sum([counts[name] for name in names.split(" + ")], axis=0)
        for names in (ratio.numerator, ratio.denominator)
    )
    undefined = denominator == 0
    scores = np.full(denominator.shape, fallback)
    np.divide(numerator, denominator, out=scores, where=~undefined)
    return scores, undefined


def _mean(scores: NDArray[np.float64], weights: IntegerArray) -> float:
    """Return the weighted mean of the scores that are not NaN."""
    defined = ~np.isnan(scores)
    scores, weights = scores[defined], weights[defined]
    if not scores.size:
        return math.nan
    if not weights.any():  # none of these classes is a target: they count alike
        weights = np.ones_like(weights)
    return math.fsum(scores * weights) / int(weights.sum())


def _name(classes: IntegerArray) -> str:
    return f"class{'es' if len(classes) > 1 else ''} {', '.join(map(str, classes))}"


def _explain(ratio: Ratio, whose: str) -> str:
    why = f"{ratio.undefined} ({ratio.denominator} = 0)"
    advice = "zero_division=0, 1 or nan chooses the value and warns of nothing"
    return f"{ratio.name} of {whose} is 0/0 and counts as 0, because {why}; {advice}"
