"""Loss functions: lower is better."""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference.arguments import (
    FloatArray,
    check_all,
    check_choice,
    read_array,
    read_floats,
    read_labels,
    read_number,
)
from reference.backends import load_kernels

# Predictions below this count as this: the smallest positive normal number of the dtype. Every
# normal prediction keeps its exact loss, none is infinite, and the loss still falls steadily.
# The largest loss of a sample is -ln of it: 708.4 in float64, 87.3 in float32.
SMALLEST_PREDICTION = {
    np.dtype(np.float32): float(np.finfo(np.float32).tiny),
    np.dtype(np.float64): float(np.finfo(np.float64).tiny),
}


def cross_entropy(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    base: float = math.e,
    reduction: str = "mean",
    backend: str = "cpu",
) -> FloatArray | np.float32 | np.float64:
    """Return the cross-entropy of predicted probabilities against the targets.

    loss[n] = -sum_k targets[n, k] * log(predictions[n, k])

    Arguments:
        predictions: probabilities, shape (N, K), or (K,) for one sample; each in [0, 1]. N may
            be 0.
        targets: one-hot or soft, of the shape of predictions, each in [0, 1]; or the index of the
            right class, integers from 0 to K - 1 of shape (N,), or one integer for one sample.
        base: of the logarithm, positive and not 1.
        reduction: "mean" over the samples (of none: NaN), "sum" over them, or "none".
        backend: "cpu".

    Result: a number, or the losses of shape (N,) for "none" (one sample: a number). Its dtype is
    float32 for float32 predictions, else float64.

    Conventions: these are probabilities. torch.nn.functional.cross_entropy takes logits instead;
    that is softmax_cross_entropy. Rows need not sum to 1. The mean divides by the samples, not by
    the elements. BME takes the natural logarithm, ELTE and UFV base 10, though both write log.
    0*log(0) is 0. A prediction below reference.losses.SMALLEST_PREDICTION (the smallest positive
    normal number of its dtype: 2.2e-308 in float64, 1.2e-38 in float32) is clipped to it, so that a
    wrong certainty costs 708.4 or 87.3 nats, not infinity. A NaN in a row makes its loss NaN.

    Raises ValueError for values outside [0, 1], shapes that do not fit, an impossible base, an
    unknown reduction or backend; TypeError for other dtypes.

    Source: BME, case bme-ce-1 (1.38); UFV, Lecture 04, case ufv-ce-72 (0.14267, base 10).

    >>> float(cross_entropy([[0.5, 0.5], [0.25, 0.75]], [[1, 0], [1, 0]], base=2))  # (1 + 2) / 2
    1.5
    >>> float(cross_entropy([[0.5, 0.5], [0.25, 0.75]], [0, 0], base=2, reduction="sum"))
    3.0
    """
    (predictions,) = read_floats(predictions=predictions)
    if predictions.ndim not in (1, 2) or predictions.shape[-1] == 0:
        expected = "(N, K) or (K,) with K at least 1"
        raise ValueError(f"predictions: got shape {predictions.shape}, expected {expected}")
    _check_unit_interval("predictions", predictions, "; for logits there is softmax_cross_entropy")
    log_base = _read_log_base(base)
    check_choice("reduction", reduction, ("mean", "sum", "none"))
    kernels = load_kernels("losses", backend)
    rows = predictions.reshape(-1, predictions.shape[-1])
    losses = np.empty(len(rows))
    smallest = SMALLEST_PREDICTION[predictions.dtype]
    targets = read_array("targets", targets)
    if targets.shape == predictions.shape:
        weights = _read_distributions(targets).reshape(rows.shape)
        kernels.cross_entropy(losses, rows, weights, smallest, log_base)
    elif targets.shape == predictions.shape[:-1]:
        labels = read_labels("targets", targets, rows.shape[1]).reshape(-1)
        kernels.cross_entropy_of_labels(losses, rows, labels, smallest, log_base)
    else:
        raise ValueError(
            f"targets: got shape {targets.shape}, expected {predictions.shape} (one-hot or soft) "
            f"or {predictions.shape[:-1]} (class indices), as predictions has shape "
            f"{predictions.shape}"
        )
    return _reduce(losses.reshape(predictions.shape[:-1]), reduction, predictions.dtype)


def _check_unit_interval(name: str, array: FloatArray, advice: str = "") -> None:
    # Not "0 <= array <= 1": a NaN lies in no interval, and shows in the loss.
    check_all(name, array, ~((array < 0) | (array > 1)), f"values in [0, 1]{advice}")


def _read_log_base(base: object) -> float:
    number = read_number("base", base)
    if number <= 0 or number == 1:
        raise ValueError(f"base: got {number!r}, expected a positive number other than 1")
    return math.log(number)


def _read_distributions(targets: ArrayLike) -> NDArray[np.float64]:
    (distributions,) = read_floats(targets=targets)
    _check_unit_interval("targets", distributions)
    # Whatever the dtype of the predictions: a target of 0.1 is not rounded to float32.
    return distributions.astype(np.float64, copy=False)


def _reduce(
    losses: NDArray[np.float64], reduction: str, dtype: np.dtype[Any]
) -> FloatArray | np.float32 | np.float64:
    if reduction == "none":
        reduced: FloatArray | np.float32 | np.float64 = losses.astype(dtype)[()]
    elif reduction == "sum":
        reduced = dtype.type(losses.sum())
    else:
        reduced = dtype.type(losses.mean() if losses.size else math.nan)
    return reduced
