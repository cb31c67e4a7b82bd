"""Gradients of the losses on the CPU; grad is with respect to each loss, its share of the mean."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.exponentials import find_place, multiply, scale
from reference.cpu.jit import jit
from reference.cpu.row_weights import (
    count_rows,
    make_room,
    share_rows,
    weigh_rows,
    weigh_singles,
)
from reference.cpu.sample_losses import are_classes, lose, lose_singles, sum_losses
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
    kernels = _softmax_cross_entropy_of_labels, _softmax_cross_entropy_of_singles
    return share_rows(*kernels, out.size / 2, (losses, out), logits, labels, grad)


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
    classes, weights = out.shape[1], make_room(logits)
    largest, rests = np.empty(out.shape[0]), np.empty(out.shape[0])
    for first in range(0, logits.shape[0], count_rows(logits)):
        end = weigh_rows(weights, largest, rests, logits, first)
        sum_losses(losses, largest, rests, logits, targets, first, end)
        for n in range(first, end):
            own = weights[(n - first) * classes : (n - first + 1) * classes]
            top, rest = find_place(logits, n, largest[n]), rests[n]
            others = add_but_one(targets, n, top)
            total = others + targets[n, top]
            factor = total / (1.0 + rest)
            for k in range(classes):
                out[n, k] = grad[n] * (factor * own[k] - targets[n, k])
            # The same for the largest, whose 1 / (1 + rest) is 1 - rest / (1 + rest).
            out[n, top] = grad[n] * (others - total * (rest / (1.0 + rest)))


@jit
def _softmax_cross_entropy_of_labels(
    losses: Doubles, out: Doubles, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        return False
    numbers, classes = out.reshape(out.size), out.shape[1]
    largest, rests = np.empty(out.shape[0]), np.empty(out.shape[0])
    for first in range(0, logits.shape[0], count_rows(logits)):
        end = weigh_rows(numbers[first * classes :], largest, rests, logits, first)
        for n in range(first, end):
            is_largest = np.float64(logits[n, labels[n]]) == largest[n]
            _fill_row(out, n, labels[n], is_largest, rests[n], grad[n])
    lose(losses, largest, rests, logits, labels)
    return True


@jit
def _fill_row(out: Doubles, n: int, label: int, is_largest: bool, rest: float, grad: float) -> None:
    """Fill a row of out, which holds its weights, with the gradient of a sample."""
    weight = out[n, label]
    scale(out, n, grad / (1.0 + rest))
    # Of the largest, 1 / (1 + rest) - 1 without the difference of two numbers nearly equal.
    slope = -(rest / (1.0 + rest)) if is_largest else weight / (1.0 + rest) - 1.0
    out[n, label] = grad * slope


@jit
def _softmax_cross_entropy_of_singles(
    losses: Doubles, out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Doubles
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        losses[:] = np.nan
        return False
    classes, weights = out.shape[1], make_room(logits)
    totals, others = np.empty(out.shape[0]), np.empty(out.shape[0])
    for first in range(0, logits.shape[0], count_rows(logits)):
        end = weigh_singles(weights, totals, logits, first)
        for n in range(first, end):
            multiply(out, n, weights, (n - first) * classes, grad[n] / totals[n])
    usable = lose_singles(losses, others, totals, logits, labels)
    for n in range(out.shape[0]):
        # p - 1 is minus what the others have of the total.
        out[n, labels[n]] = -(grad[n] / totals[n]) * others[n]
    return usable
