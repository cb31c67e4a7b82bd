"""Gradients of the losses on the CPU; grad is with respect to each loss, its share of the mean.

It is an array of one axis, or one number for all losses.
"""

from typing import Any

import numpy as np
from numba import types
from numba.extending import overload
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.exponentials import find_place, multiply, scale
from reference.cpu.jit import inlined, jit
from reference.cpu.row_weights import count_rows, make_room, share_rows, weigh_rows
from reference.cpu.sample_losses import are_classes, lose, lose_singles, sum_losses
from reference.cpu.single_weights import weigh_singles
from reference.cpu.sums import add_but_one
from reference.threads import share

Doubles = NDArray[np.float64]
Grad = Doubles | float
Arrays = tuple[NDArray[Any], ...]

# So few numbers are never worth a second thread.
FEW = 2**16


def cross_entropy_backward(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Grad, smallest: float
) -> None:
    """Fill out (N, K) from predictions and targets (N, K) and grad."""
    arrays, numbers = _split((out, predictions, targets), grad)
    share(_cross_entropy, out.size / 4, arrays, *numbers, smallest)


def cross_entropy_backward_of_labels(
    out: FloatArray, predictions: FloatArray, labels: IntegerArray, grad: Grad, smallest: float
) -> None:
    """Fill out (N, K) from predictions (N, K), each sample's class (N,) and grad."""
    arrays, numbers = _split((out, predictions, labels), grad)
    share(_cross_entropy_of_labels, out.size / 4, arrays, *numbers, smallest)


def binary_cross_entropy_backward(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Grad, smallest: float
) -> None:
    """Fill out from arrays of one axis."""
    arrays, numbers = _split((out, predictions, targets), grad)
    share(_binary_cross_entropy, out.size, arrays, *numbers, smallest)


def softmax_cross_entropy_backward(
    out: FloatArray, logits: FloatArray, targets: Doubles, grad: Grad
) -> None:
    """Fill out (N, K) from logits and targets (N, K) and grad."""
    losses = np.empty(len(out))
    softmax_cross_entropy_with_gradient(losses, out, logits, targets, grad)


def softmax_cross_entropy_backward_of_labels(
    out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Grad
) -> bool:
    """Fill out (N, K) from logits (N, K), each sample's class (N,) and grad.

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    losses = np.empty(len(out))
    return softmax_cross_entropy_with_gradient_of_labels(losses, out, logits, labels, grad)


def softmax_cross_entropy_with_gradient(
    losses: Doubles, out: FloatArray, logits: FloatArray, targets: Doubles, grad: Grad
) -> None:
    """Fill losses (N,) and out (N, K) from logits and targets (N, K) and grad."""
    arrays, numbers = _split((losses, out, logits, targets), grad)
    share(_softmax_cross_entropy, out.size, arrays, *numbers)


def softmax_cross_entropy_with_gradient_of_labels(
    losses: Doubles, out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Grad
) -> bool:
    """Fill losses (N,) and out (N, K) from logits (N, K), each sample's class and grad.

    Return whether all labels are class indices; if not, what was filled is worthless.
    """
    doubles, singles = _softmax_cross_entropy_of_labels, _softmax_cross_entropy_of_singles
    if out.size < FEW:  # to ask for threads would take half as long as this
        kernel: Any = singles if logits.itemsize == 4 else doubles
        if kernel(losses, out, logits, labels, grad):
            return True
    given, whole = _split((labels,), grad)
    return share_rows(doubles, singles, out.size / 2, (losses, out), logits, given, whole)


def _split(arrays: Arrays, grad: Grad) -> tuple[Arrays, tuple[float, ...]]:
    """Return the arguments that are sliced where a kernel is shared, and those that are not."""
    return (arrays, (grad,)) if isinstance(grad, float) else ((*arrays, grad), ())


def _at(grad: Grad, n: int) -> float:
    """Return the gradient with respect to a loss: in a kernel, which this is compiled into."""
    return grad if isinstance(grad, float) else grad[n]


@overload(_at, strict=False)  # whose types Numba would compare
def _compile_at(grad: Any, n: Any) -> Any:
    if isinstance(grad, types.Float):
        return lambda grad, n: grad
    return lambda grad, n: grad[n]


@jit
def _cross_entropy(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Grad, smallest: float
) -> None:
    for n in range(out.shape[0]):
        for k in range(out.shape[1]):
            out[n, k] = _at(grad, n) * _slope(
                targets[n, k], np.float64(predictions[n, k]), smallest
            )


@jit
def _cross_entropy_of_labels(
    out: FloatArray, predictions: FloatArray, labels: IntegerArray, grad: Grad, smallest: float
) -> None:
    for n in range(out.shape[0]):
        for k in range(out.shape[1]):
            target = 1.0 if k == labels[n] else 0.0
            out[n, k] = _at(grad, n) * _slope(target, np.float64(predictions[n, k]), smallest)


@jit
def _binary_cross_entropy(
    out: FloatArray, predictions: FloatArray, targets: Doubles, grad: Grad, smallest: float
) -> None:
    for i in range(out.shape[0]):
        p = np.float64(predictions[i])
        slope = _slope(targets[i], p, smallest) - _slope(1.0 - targets[i], 1.0 - p, smallest)
        out[i] = _at(grad, i) * slope


@inlined
def _slope(target: float, p: float, smallest: float) -> float:
    """Return the derivative of -target * log(max(p, smallest))."""
    if target == 0.0 or p < smallest:
        return 0.0 * p * target  # a NaN of either stays
    return -target / p


@jit
def _softmax_cross_entropy(
    losses: Doubles, out: FloatArray, logits: FloatArray, targets: Doubles, grad: Grad
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
                out[n, k] = _at(grad, n) * (factor * own[k] - targets[n, k])
            # The same for the largest, whose 1 / (1 + rest) is 1 - rest / (1 + rest).
            out[n, top] = _at(grad, n) * (others - total * (rest / (1.0 + rest)))


@jit
def _softmax_cross_entropy_of_labels(
    losses: Doubles, out: Doubles, logits: FloatArray, labels: IntegerArray, grad: Grad
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        return False
    numbers, classes, samples = out.reshape(out.size), out.shape[1], out.shape[0]
    largest, rests = np.empty(samples), np.empty(samples)
    for first in range(0, samples, count_rows(logits)):
        end = weigh_rows(numbers[first * classes :], largest, rests, logits, first)
        for n in range(first, end):
            factor, weight = _at(grad, n) / (1.0 + rests[n]), out[n, labels[n]]
            # Of the largest, 1 / (1 + rest) - 1 without the difference of two numbers nearly equal.
            is_largest = np.float64(logits[n, labels[n]]) == largest[n]
            slope = -rests[n] * factor if is_largest else weight * factor - _at(grad, n)
            scale(out, n, factor)
            out[n, labels[n]] = slope
    lose(losses, largest, rests, logits, labels)
    return True


@jit
def _softmax_cross_entropy_of_singles(
    losses: Doubles, out: FloatArray, logits: FloatArray, labels: IntegerArray, grad: Grad
) -> bool:
    if not are_classes(labels, logits.shape[1]):
        losses[:] = np.nan
        return False
    classes, weights = out.shape[1], make_room(logits)
    totals, others = np.empty(out.shape[0]), np.empty(out.shape[0])
    for first in range(0, logits.shape[0], count_rows(logits)):
        end = weigh_singles(out, weights, totals, logits, first)
        for n in range(first, end):
            multiply(out, n, weights, (n - first) * classes, _at(grad, n) / totals[n])
    usable = lose_singles(losses, others, totals, logits, labels)
    for n in range(out.shape[0]):
        # p - 1 is minus what the others have of the total.
        out[n, labels[n]] = -(_at(grad, n) / totals[n]) * others[n]
    return usable
