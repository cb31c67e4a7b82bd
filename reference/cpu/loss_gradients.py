"""Gradients of the losses on the CPU; grad is with respect to each loss, its share of the mean."""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.exponentials import (
    add_other_singles,
    find_place,
    is_usable,
    make_room,
    multiply,
    scale,
    weigh,
    weigh_singles,
)
from reference.cpu.jit import jit
from reference.cpu.sample_losses import are_classes, lose_single, sum_losses
from reference.cpu.sums import add_but_one
from reference.threads import share

Doubles = NDArray[np.float64]


def cross_entropy_backward(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Doubles, smallest: float
) -> None:
    """Fill out (N, K) from predictions and targets (N, K) and grad (N,)."""
    share(_cross_entropy, out.size / 4, (out, predictions, targets, grad), smallest)


def cross_entropy_backward_of_labels(
    out: FloatArray, predictions: FloatArray, labels: IntegerArray, grad: Doubles, smallest: float
) -> None:
    """Fill out (N, K) from predictions (N, K), each sample's class (N,) and grad (N,)."""
    share(_cross_entropy_of_labels, out.size / 4, (out, predictions, labels, grad), smallest)


def binary_cross_entropy_backward(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Doubles, smallest: float
) -> None:
    """Fill out from arrays of one axis."""
    share(_binary_cross_entropy, out.size, (out, predictions, targets, grad), smallest)


def softmax_cross_entropy_backward(
    out: FloatArray, logits: FloatArray, targets: Doubles, grad: Doubles
) -> None:
    """Fill out (N, K) from logits and targets (N, K) and grad (N,)."""
    losses = np.empty(len(out))
    softmax_cross_entropy_with_gradient(losses, out, logits, targets, grad)


def softmax_cross_entropy_backward_of_labels(
    out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> bool:
    """Fill out (N, K) from logits (N, K), each sample's class (N,) and grad (N,).

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    losses = np.empty(len(out))
    return softmax_cross_entropy_with_gradient_of_labels(losses, out, logits, labels, grad)


def softmax_cross_entropy_with_gradient(
    losses: Doubles, out: FloatArray, logits: FloatArray, targets: Doubles, grad: Doubles
) -> None:
    """Fill losses (N,) and out (N, K) from logits and targets (N, K) and grad (N,)."""
    share(_softmax_cross_entropy, out.size, (losses, out, logits, targets, grad))


def softmax_cross_entropy_with_gradient_of_labels(
    losses: Doubles, out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> bool:
    """Fill losses (N,) and out (N, K) from logits (N, K), each sample's class and grad (N,).

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    is_single = logits.dtype == np.float32
    kernel = _softmax_cross_entropy_of_singles if is_single else _softmax_cross_entropy_of_labels
    return share(kernel, out.size / 2, (losses, out, logits, labels, grad))


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
    losses: Doubles, out: FloatArray, logits: FloatArray, targets: Doubles, grad: Doubles
) -> None:
    weights = np.empty((1, out.shape[1]))
    for n in range(out.shape[0]):
        largest, rest = weigh(weights, 0, logits, n)
        losses[n] = sum_losses(logits, targets, n, largest, rest)
        top = find_place(logits, n, largest)
        others = add_but_one(targets, n, top)
        total = others + targets[n, top]
        factor = total / (1.0 + rest)
        for k in range(out.shape[1]):
            out[n, k] = grad[n] * (factor * weights[0, k] - targets[n, k])
        # The same for the largest, whose 1 / (1 + rest) is 1 - rest / (1 + rest).
        out[n, top] = grad[n] * (others - total * (rest / (1.0 + rest)))


@jit
def _softmax_cross_entropy_of_labels(
    losses: Doubles, out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        return False
    for n in range(out.shape[0]):
        losses[n] = _fill_row(out, n, logits, n, labels[n], grad[n])
    return True


@jit
def _softmax_cross_entropy_of_singles(
    losses: Doubles, out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        return False
    classes = out.shape[1]
    weights, totals = make_room(logits)
    for first in range(0, out.shape[0], len(totals)):
        weigh_singles(weights, totals, logits, first)
        for n in range(first, min(first + len(totals), out.shape[0])):
            start, label, total = (n - first) * classes, labels[n], totals[n - first]
            if is_usable(total):
                weight = weights[start + label]
                others = add_other_singles(logits, n, label, weight, total)
                losses[n] = lose_single(np.float64(logits[n, label]), weight, others)
                share_of_one = grad[n] / total
                multiply(out, n, weights, start, share_of_one)
                out[n, label] = (
                    -share_of_one * others
                )  # p - 1 is minus what the others have of the total
            else:
                wide = np.empty((1, classes))
                losses[n] = _fill_row(wide, 0, logits, n, label, grad[n])
                multiply(out, n, wide.reshape(classes), 0, 1.0)
    return True


@jit
def _fill_row(
    out: FloatArray, place: int, logits: FloatArray, n: int, label: int, grad: float
) -> float:
    """Fill out[place] with the gradient of sample n; return its loss."""
    largest, rest = weigh(out, place, logits, n)
    less, weight = largest - np.float64(logits[n, label]), np.float64(out[place, label])
    scale(out, place, grad / (1.0 + rest))
    if less == 0.0:
        out[place, label] = -grad * (rest / (1.0 + rest))
    else:
        out[place, label] = grad * (weight / (1.0 + rest) - 1.0)
    return less + math.log1p(rest)
