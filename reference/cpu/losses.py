"""Loss functions on the CPU: one loss for each sample, in float64 whatever the predictions are."""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.exponentials import add, weigh
from reference.cpu.jit import jit
from reference.threads import share

Doubles = NDArray[np.float64]


def cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    """Fill out (N,) from predictions and targets (N, K)."""
    share(_cross_entropy, predictions.size, (out, predictions, targets), smallest, log_base)


def cross_entropy_of_labels(
    out: Doubles, predictions: FloatArray, labels: IntegerArray, smallest: float, log_base: float
) -> None:
    """Fill out (N,) from predictions (N, K) and the index of each sample's class (N,)."""
    share(
        _cross_entropy_of_labels, predictions.size, (out, predictions, labels), smallest, log_base
    )


def binary_cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    """Fill out from predictions and targets, arrays of one axis."""
    share(_binary_cross_entropy, out.size, (out, predictions, targets), smallest, log_base)


def softmax_cross_entropy(out: Doubles, logits: FloatArray, targets: Doubles) -> None:
    """Fill out (N,) from logits and targets (N, K)."""
    share(_softmax_cross_entropy, logits.size, (out, logits, targets))


def softmax_cross_entropy_of_labels(out: Doubles, logits: FloatArray, labels: IntegerArray) -> None:
    """Fill out (N,) from logits (N, K) and the index of each sample's class (N,)."""
    share(_softmax_cross_entropy_of_labels, logits.size, (out, logits, labels))


@jit
def _cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    for n in range(predictions.shape[0]):
        total, lost = 0.0, 0.0
        for k in range(predictions.shape[1]):
            total, lost = add(total, lost, -targets[n, k] * _log(predictions[n, k], smallest))
        out[n] = total / log_base


@jit
def _cross_entropy_of_labels(
    out: Doubles, predictions: FloatArray, labels: IntegerArray, smallest: float, log_base: float
) -> None:
    for n in range(predictions.shape[0]):
        total = 0.0
        for k in range(predictions.shape[1]):
            # One-hot targets multiply the other classes by 0, which only a NaN survives.
            if k == labels[n] or np.isnan(predictions[n, k]):
                total -= _log(predictions[n, k], smallest)
        out[n] = total / log_base


@jit
def _binary_cross_entropy(
    out: Doubles, predictions: FloatArray, targets: Doubles, smallest: float, log_base: float
) -> None:
    for i in range(out.shape[0]):
        p = np.float64(predictions[i])
        no = math.log(smallest) if p == 1.0 else math.log1p(-p)
        # From 0.0 on, not with a minus in front: a right certainty costs 0.0, not -0.0.
        out[i] = (0.0 - targets[i] * _log(p, smallest) - (1.0 - targets[i]) * no) / log_base


@jit
def _softmax_cross_entropy(out: Doubles, logits: FloatArray, targets: Doubles) -> None:
    weights = np.empty(logits.shape[1])
    for n in range(logits.shape[0]):
        top, rest = weigh(weights, logits[n])
        total, lost = 0.0 * rest, 0.0  # NaN where the row has no probabilities
        for k in range(logits.shape[1]):
            if targets[n, k] != 0.0:
                less = np.float64(logits[n, top]) - np.float64(logits[n, k])
                total, lost = add(total, lost, targets[n, k] * (less + math.log1p(rest)))
        out[n] = total


@jit
def _softmax_cross_entropy_of_labels(
    out: Doubles, logits: FloatArray, labels: IntegerArray
) -> None:
    weights = np.empty(logits.shape[1])
    for n in range(logits.shape[0]):
        top, rest = weigh(weights, logits[n])
        less = np.float64(logits[n, top]) - np.float64(logits[n, labels[n]])
        out[n] = less + math.log1p(rest)


@jit
def _log(prediction: float, smallest: float) -> float:
    # Written so that a NaN, which compares false, passes.
    return math.log(smallest if prediction < smallest else np.float64(prediction))
