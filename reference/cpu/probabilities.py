"""softmax and its kin on the CPU: each row is one sample, and one thread computes it."""

import math

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.exponentials import add, weigh
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
