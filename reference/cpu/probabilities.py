"""softmax and its kin on the CPU: each row is one sample, and one thread computes it.

A row is seen from its largest element, which has the weight 1; the others weigh exp(x - largest),
`rest` in sum. What the largest loses to the others is then a sum of small numbers, not 1 minus a
number that is nearly 1.
"""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu.jit import jit
from reference.threads import share


def softmax(out: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with probabilities; there is at least one class."""
    share(_softmax, x.size, (out, x))


def log_softmax(out: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the logarithms of the probabilities."""
    share(_log_softmax, x.size, (out, x))


def softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the gradient."""
    share(_softmax_backward, x.size, (out, grad_output, x))


def log_softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the gradient."""
    share(_log_softmax_backward, x.size, (out, grad_output, x))


@jit
def _softmax(out: FloatArray, x: FloatArray) -> None:
    weights = np.empty(x.shape[1])
    for row in range(x.shape[0]):
        _, rest = weigh(weights, x[row])
        for k in range(x.shape[1]):
            out[row, k] = weights[k] / (1.0 + rest)


@jit
def _log_softmax(out: FloatArray, x: FloatArray) -> None:
    weights = np.empty(x.shape[1])
    for row in range(x.shape[0]):
        top, rest = weigh(weights, x[row])
        for k in range(x.shape[1]):
            # Neither term is positive: nothing cancels.
            out[row, k] = (np.float64(x[row, k]) - np.float64(x[row, top])) - math.log1p(rest)


@jit
def _softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    weights = np.empty(x.shape[1])
    for row in range(x.shape[0]):
        top, rest = weigh(weights, x[row])
        # A constant added to grad_output changes nothing: measured from its value at the largest,
        # the mean holds only what the largest loses.
        origin = np.float64(grad_output[row, top])
        total, lost = 0.0, 0.0
        for k in range(x.shape[1]):
            total, lost = add(total, lost, weights[k] * (np.float64(grad_output[row, k]) - origin))
        mean = total / (1.0 + rest)
        for k in range(x.shape[1]):
            excess = (np.float64(grad_output[row, k]) - origin) - mean
            out[row, k] = weights[k] / (1.0 + rest) * excess


@jit
def _log_softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    weights = np.empty(x.shape[1])
    for row in range(x.shape[0]):
        top, rest = weigh(weights, x[row])
        others, lost = 0.0, 0.0
        for k in range(x.shape[1]):
            if k != top:
                others, lost = add(others, lost, np.float64(grad_output[row, k]))
        total = np.float64(grad_output[row, top]) + others
        for k in range(x.shape[1]):
            out[row, k] = np.float64(grad_output[row, k]) - weights[k] / (1.0 + rest) * total
        # The same for the largest, with 1 - 1 / (1 + rest) = rest / (1 + rest).
        out[row, top] = (rest * np.float64(grad_output[row, top]) - others) / (1.0 + rest)


@jit
def weigh(weights: NDArray[np.float64], x: FloatArray) -> tuple[int, float]:
    """Fill weights with exp(x - largest); return the place of the largest, the sum of the others.

    A NaN or an infinite largest makes the sum NaN.
    """
    top = 0
    for k in range(x.shape[0]):
        if x[k] > x[top]:
            top = k
    # Kahan's sum: its error does not grow with the number of classes.
    rest: float = np.float64(x[top]) - np.float64(x[top])  # 0, or NaN
    lost = 0.0
    for k in range(x.shape[0]):
        weights[k] = _exp_of_difference(np.float64(x[k]), np.float64(x[top]))
        if k != top:
            rest, lost = add(rest, lost, weights[k])
    return top, rest


@jit
def _exp_of_difference(x: float, largest: float) -> float:
    """Return exp(x - largest) to the last digits, also where the difference is rounded."""
    difference = x - largest
    if difference < -746.0:  # less than half the smallest number
        return 0.0
    # Knuth's sum of two numbers: the rounding error of the difference, exactly.
    back = difference - x
    error = (x - (difference - back)) - (largest + back)
    exponential = math.exp(difference)
    return exponential + exponential * error


@jit
def add(total: float, lost: float, term: float) -> tuple[float, float]:
    """Return the total with the term and what was added to it too much (Kahan)."""
    term -= lost
    grown = total + term
    return grown, (grown - total) - term
