"""Scores of a classifier, counted from the targets and the predicted classes: higher is better.

Only false_positive_rate is better when it is lower.
"""

import numpy as np
from numpy.typing import ArrayLike

from reference.backends import load_kernels
from reference.metrics import check_labels, read_targets_and_predictions
from reference.score_ratios import Ratio, Score, check_any_samples, score_classes

_PRECISION = Ratio("precision", "tp", "tp + fp", "nothing was predicted so")
_RECALL = Ratio("recall", "tp", "tp + fn", "no target is so")
_SPECIFICITY = Ratio("specificity", "tn", "tn + fp", "no target is otherwise")
_NEGATIVE_PREDICTIVE_VALUE = Ratio(
    "negative_predictive_value", "tn", "tn + fn", "nothing was predicted otherwise"
)
_FALSE_POSITIVE_RATE = Ratio("false_positive_rate", "fp", "fp + tn", "no target is otherwise")
_F1 = Ratio("f1", "tp + tp", "tp + tp + fp + fn", "no target and no prediction is so")


def accuracy(y_true: ArrayLike, y_pred: ArrayLike, *, backend: str = "cpu") -> float:
    """Return the share of the samples whose class was predicted right.

    accuracy = (TP + TN) / (TP + TN + FP + FN) = trace of the confusion matrix / N

    Arguments:
        y_true: target classes, integers from 0, shape (N,), N at least 1.
        y_pred: predicted classes, likewise.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a float from 0 to 1.

    Conventions: with few positives the accuracy says little: who always answers "negative" to 95
    negatives and 5 positives has accuracy 0.95 and recall 0. With more than two classes TP + TN of
    one class is not what is right; the trace is.

    Raises ValueError for no samples, shapes that differ, negative labels, or an unknown backend;
    TypeError for labels that are not integers.

    Source: BME, case bme-confusion; Prototyping with Deep Learning, case proto-imbalance;
    sklearn.metrics.accuracy_score.

    >>> accuracy([0, 1, 2, 1], [0, 1, 1, 1])
    0.75
    """
    targets, predictions = read_targets_and_predictions(y_true, y_pred, backend)
    check_any_samples(targets)
    out = np.zeros(1, np.int64)
    if not load_kernels("classification_scores", backend).accuracy(out, targets, predictions):
        check_labels(y_true, y_pred)
    return int(out[0]) / targets.size


def precision(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    average: str | None = "binary",
    pos_label: int = 1,
    num_classes: int | None = None,
    zero_division: float | str = "warn",
    backend: str = "cpu",
) -> Score:
    """Return the share of right ones among the samples predicted as a class.

    precision = TP / (TP + FP)

    Arguments:
        y_true: target classes, integers from 0, shape (N,), N at least 1.
        y_pred: predicted classes, likewise.
        average: "binary": the score of class pos_label where there are only the classes 0 and 1.
            None: the scores of all classes. "macro": their mean. "weighted": their mean, weighted
            by how many targets each class has. "micro": the score of the four counts, each summed
            over the classes.
        pos_label: the positive class of "binary", 0 or 1. Nothing but 1 goes with other averages.
        num_classes: K; None means 1 more than the largest class that occurs in either. The averages
            run over all K classes; for None, over those that occur in y_true or in y_pred.
        zero_division: the score 0/0 of a class: 0, 1 or nan; "warn" means 0 and a RuntimeWarning
            that names the classes. Averages leave NaN out.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a float from 0 to 1, or NaN; for average=None float64, shape (K,).

    Conventions: scikit-learn's, but that class k always stands at k, whether or not it occurs.
    Also called positive predictive value. 0/0 where nothing was predicted as the class. When only
    classes without targets are not NaN, "weighted" is their mean. The micro average of precision,
    of recall and of f1 over all classes that occur is the accuracy.

    Raises ValueError for no samples, shapes that differ, labels out of range (for "binary": other
    than 0 and 1), or an option that is not listed; TypeError for labels that are not integers.

    Source: BME, case bme-confusion; sklearn.metrics.precision_score.

    >>> precision([0, 1, 1, 0], [1, 1, 1, 0])  # 2 of the 3 predicted as 1 are right
    0.6666666666666666
    >>> precision([0, 1, 1, 2], [0, 0, 1, 2], average=None)
    array([0.5, 1. , 1. ])
    >>> precision([0, 1, 1, 2], [0, 0, 1, 2], average="weighted")  # (1*0.5 + 2*1 + 1*1) / 4
    0.875
    """
    return score_classes(
        _PRECISION, y_true, y_pred, average, pos_label, num_classes, zero_division, backend
    )


def recall(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    average: str | None = "binary",
    pos_label: int = 1,
    num_classes: int | None = None,
    zero_division: float | str = "warn",
    backend: str = "cpu",
) -> Score:
    """Return the share of a class's targets that were predicted as it.

    recall = TP / (TP + FN)

    Arguments:
        y_true, y_pred, average, pos_label, num_classes, zero_division, backend: as in precision.

    Result: as of precision.

    Conventions: also called sensitivity, or true positive rate. 0/0 where no target is of the
    class. The rest as in precision.

    Raises what precision raises.

    Source: BME, case bme-confusion; Prototyping with Deep Learning, case proto-imbalance;
    sklearn.metrics.recall_score.

    >>> recall([0, 1, 1, 1], [1, 1, 1, 0])  # 2 of the 3 targets 1 were found
    0.6666666666666666
    >>> recall([0, 1, 1, 2], [0, 0, 1, 2], average="macro")  # (1 + 1/2 + 1) / 3
    0.8333333333333334
    """
    return score_classes(
        _RECALL, y_true, y_pred, average, pos_label, num_classes, zero_division, backend
    )


def specificity(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    average: str | None = "binary",
    pos_label: int = 1,
    num_classes: int | None = None,
    zero_division: float | str = "warn",
    backend: str = "cpu",
) -> Score:
    """Return the share of the other targets that were not predicted as a class.

    specificity = TN / (TN + FP)

    Arguments:
        y_true, y_pred, average, pos_label, num_classes, zero_division, backend: as in precision.

    Result: as of precision.

    Conventions: also called true negative rate; 1 - false_positive_rate. It is the recall of the
    class "not k". 0/0 where every target is of the class. The rest as in precision.

    Raises what precision raises.

    Source: BME, case bme-confusion. scikit-learn has it only as recall_score(..., pos_label=0).

    >>> specificity([0, 0, 0, 0, 1], [0, 0, 0, 1, 1])  # 3 of the 4 targets 0
    0.75
    """
    return score_classes(
        _SPECIFICITY, y_true, y_pred, average, pos_label, num_classes, zero_division, backend
    )


def negative_predictive_value(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    average: str | None = "binary",
    pos_label: int = 1,
    num_classes: int | None = None,
    zero_division: float | str = "warn",
    backend: str = "cpu",
) -> Score:
    """Return the share of right ones among the samples not predicted as a class.

    negative predictive value = TN / (TN + FN)

    Arguments:
        y_true, y_pred, average, pos_label, num_classes, zero_division, backend: as in precision.

    Result: as of precision.

    Conventions: it is the precision of the class "not k". 0/0 where everything was predicted as
    the class. The rest as in precision.

    Raises what precision raises.

    Source: BME, case bme-confusion. scikit-learn has it only as precision_score(..., pos_label=0).

    >>> negative_predictive_value([0, 0, 0, 1, 1], [0, 0, 0, 0, 1])  # 3 of the 4 predicted as 0
    0.75
    """
    return score_classes(
        _NEGATIVE_PREDICTIVE_VALUE,
        y_true,
        y_pred,
        average,
        pos_label,
        num_classes,
        zero_division,
        backend,
    )


def false_positive_rate(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    average: str | None = "binary",
    pos_label: int = 1,
    num_classes: int | None = None,
    zero_division: float | str = "warn",
    backend: str = "cpu",
) -> Score:
    """Return the share of the other targets that were predicted as a class.

    false positive rate = FP / (FP + TN) = 1 - specificity

    Arguments:
        y_true, y_pred, average, pos_label, num_classes, zero_division, backend: as in precision.

    Result: as of precision.

    Conventions: lower is better. It is a share of the negatives, the horizontal axis of roc_curve;
    FP / (FP + TP), the share of the false among the predicted, is 1 - precision. 0/0 where every
    target is of the class. The rest as in precision.

    Raises what precision raises.

    Source: Prototyping with Deep Learning. The slide of BME prints FP / (FP + FN) for the "false
    positive ratio", which is an erratum.

    >>> false_positive_rate([0, 0, 0, 0, 1], [0, 0, 0, 1, 1])  # 1 of the 4 targets 0
    0.25
    """
    return score_classes(
        _FALSE_POSITIVE_RATE,
        y_true,
        y_pred,
        average,
        pos_label,
        num_classes,
        zero_division,
        backend,
    )


def f1(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    average: str | None = "binary",
    pos_label: int = 1,
    num_classes: int | None = None,
    zero_division: float | str = "warn",
    backend: str = "cpu",
) -> Score:
    """Return the harmonic mean of precision and recall.

    f1 = 2 * recall * precision / (recall + precision) = 2 TP / (2 TP + FP + FN)

    Arguments:
        y_true, y_pred, average, pos_label, num_classes, zero_division, backend: as in precision.

    Result: as of precision.

    Conventions: it is computed from the counts, so that it is 0 where precision is 0/0 but there
    are targets; 0/0 only where no target and no prediction is of the class. The macro average is
    the mean of the classes' f1, not the f1 of the means of precision and recall. The rest as in
    precision.

    Raises what precision raises.

    Source: BME, case bme-confusion; sklearn.metrics.f1_score.

    >>> f1([0, 1, 1, 1], [1, 1, 0, 0])  # 2*1 / (2*1 + 1 + 2); precision is 1/2, recall 1/3
    0.4
    """
    return score_classes(
        _F1, y_true, y_pred, average, pos_label, num_classes, zero_division, backend
    )
