"""Gradients of the losses on the CPU; grad is with respect to each loss, its share of the mean."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.exponentials import add, weigh
from reference.cpu.jit import jit
from reference.threads import share

Doubles = NDArray[np.float64]


def cross_entropy_backward(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Doubles, smallest: float
) -> None:
    """Fill out (N, K) from predictions and targets (N, K) and grad (N,)."""
    share(_cross_entropy, out.size, (out, predictions, targets, grad), smallest)


def cross_entropy_backward_of_labels(
    out: FloatArray, predictions: FloatArray, labels: IntegerArray, grad: Doubles, smallest: float
) -> None:
    """Fill out (N, K) from predictions (N, K), each sample's class (N,) and grad (N,)."""
    share(_cross_entropy_of_labels, out.size, (out, predictions, labels, grad), smallest)


def binary_cross_entropy_backward(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Doubles, smallest: float
) -> None:
    """Fill out from arrays of one axis."""
    share(_binary_cross_entropy, out.size, (out, predictions, targets, grad), smallest)


def softmax_cross_entropy_backward(
    out: FloatArray, logits: FloatArray, targets: Doubles, grad: Doubles
) -> None:
    """Fill out (N, K) from logits and targets (N, K) and grad (N,)."""
    share(_softmax_cross_entropy, out.size, (out, logits, targets, grad))


def softmax_cross_entropy_backward_of_labels(
    out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> None:
    """Fill out (N, K) from logits (N, K), each sample's class (N,) and grad (N,)."""
    share(_softmax_cross_entropy_of_labels, out.size, (out, logits, labels, grad))


@jit
def _cross_entropy(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Doubles, smallest: float
) -> None:
    for n in range(out.shape[0]):
        for k in range(out.shape[1]):
            out[n, k] = grad[n] * _slope(targets[n, k], np.float64(predictions[n, k]), smallest)


@jit
def _cross_entropy_of_labels(
    out: FloatArray, predictions: FloatArray, labels: IntegerArray, grad: Doubles, smallest: float
) -> None:
    for n in range(out.shape[0]):
        for k in range(out.shape[1]):
            target = 1.0 if k == labels[n] else 0.0
            out[n, k] = grad[n] * _slope(target, np.float64(predictions[n, k]), smallest)


@jit
def _binary_cross_entropy(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Doubles, smallest: float
) -> None:
    for i in range(out.shape[0]):
        p = np.float64(predictions[i])
        slope = _slope(targets[i], p, smallest) - _slope(1.0 - targets[i], 1.0 - p, smallest)
        out[i] = grad[i] * slope


@jit
def _slope(target: float, p: float, smallest: float) -> float:
    """Return the derivative of -target * log(max(p, smallest))."""
    if target == 0.0 or p < smallest:
        return 0.0 * p * target  # a NaN of either stays
    return -target / p


@jit
def _softmax_cross_entropy(
    out: FloatArray, logits: FloatArray, targets: Doubles, grad: Doubles
) -> None:
    weights = np.empty(out.shape[1])
    for n in range(out.shape[0]):
        top, rest = weigh(weights, logits[n])
        others, lost = 0.0, 0.0
        for k in range(out.shape[1]):
            if k != top:
                others, lost = add(others, lost, targets[n, k])
        total = others + targets[n, top]
        for k in range(out.shape[1]):
            out[n, k] = grad[n] * (total * weights[k] / (1.0 + rest) - targets[n, k])
        # The same for the largest, whose 1 / (1 + rest) is 1 - rest / (1 + rest).
        out[n, top] = grad[n] * (others - total * (rest / (1.0 + rest)))


@jit
def _softmax_cross_entropy_of_labels(
    out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> None:
    weights = np.empty(out.shape[1])
    for n in range(out.shape[0]):
        top, rest = weigh(weights, logits[n])
        for k in range(out.shape[1]):
            target = 1.0 if k == labels[n] else 0.0
            out[n, k] = grad[n] * (weights[k] / (1.0 + rest) - target)
        if labels[n] == top:
            out[n, top] = grad[n] * (-rest / (1.0 + rest))
