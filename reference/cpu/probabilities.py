"""softmax and its kin on the CPU: each row is one sample, and one thread computes it."""

import math

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.exponentials import (
    Doubles,
    add_other_singles,
    exp_of_single,
    find_largest,
    find_place,
    is_usable,
    make_room,
    multiply,
    scale,
    sum_singles,
    weigh,
    weigh_singles,
)
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import jit
from reference.cpu.sums import CHUNK, add, add_but_one
from reference.threads import share


def softmax(out: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with probabilities; there is at least one class."""
    kernel = _softmax_of_singles if x.dtype == np.float32 else _softmax
    share(kernel, x.size / 2, (out, x))


def log_softmax(out: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the logarithms of the probabilities."""
    kernel = _log_softmax_of_singles if x.dtype == np.float32 else _log_softmax
    share(kernel, x.size / 2, (out, x))


def softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the gradient."""
    share(_softmax_backward, x.size, (out, grad_output, x))


def log_softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the gradient."""
    share(_log_softmax_backward, x.size, (out, grad_output, x))


@jit
def _softmax(out: FloatArray, x: FloatArray) -> None:
    for row in range(x.shape[0]):
        _softmax_of_row(out, row, x, row)


@jit
def _softmax_of_row(out: FloatArray, place: int, x: FloatArray, row: int) -> None:
    _, rest = weigh(out, place, x, row)
    scale(out, place, 1.0 / (1.0 + rest))


@jit
def _softmax_of_singles(out: FloatArray, x: FloatArray) -> None:
    weights, totals = make_room(x)
    for first in range(0, x.shape[0], len(totals)):
        weigh_singles(weights, totals, x, first)
        for row in range(first, min(first + len(totals), x.shape[0])):
            total = totals[row - first]
            if is_usable(total):
                multiply(out, row, weights, (row - first) * x.shape[1], 1.0 / total)
            else:
                wide = np.empty((1, x.shape[1]))
                _softmax_of_row(wide, 0, x, row)
                multiply(out, row, wide.reshape(wide.size), 0, 1.0)


@jit
def _log_softmax(out: FloatArray, x: FloatArray) -> None:
    weights = np.empty((1, x.shape[1]))
    for row in range(x.shape[0]):
        _take_logarithms(out, weights, x, row)


@jit
def _take_logarithms(out: FloatArray, weights: Doubles, x: FloatArray, row: int) -> None:
    largest, rest = weigh(weights, 0, x, row)
    loss = math.log1p(rest)
    for k in range(x.shape[1]):
        # Neither term is positive: nothing cancels.
        out[row, k] = (np.float64(x[row, k]) - largest) - loss


@jit
def _log_softmax_of_singles(out: FloatArray, x: FloatArray) -> None:
    weights, totals = make_room(x)
    for first in range(0, x.shape[0], len(totals)):
        sum_singles(weights, totals, x, first)
        for row in range(first, min(first + len(totals), x.shape[0])):
            _log_softmax_of_row(out, x, row, totals[row - first])


@jit
def _log_softmax_of_row(out: FloatArray, x: FloatArray, row: int, total: float) -> None:
    if not is_usable(total):
        _take_logarithms(out, np.empty((1, x.shape[1])), x, row)
        return
    if _subtract(out, x, row, math.log(total)):
        # What is left of two numbers that are nearly equal has lost digits.
        largest = find_largest(x, row)
        top = find_place(x, row, largest)
        weight = exp_of_single(largest)
        rest = add_other_singles(x, row, top, weight, total)
        out[row, top] = -math.log1p(rest / weight)


@jit
def _subtract(out: FloatArray, x: FloatArray, row: int, logarithm: float) -> bool:
    """Fill a row of out with x - logarithm; return whether one of them is nearly 0."""
    near: int = 0
    for k in range(x.shape[1]):
        difference = np.float64(x[row, k]) - logarithm
        out[row, k] = difference
        near += 1 if difference > -0.125 else 0
    return near > 0


@jit
def _softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    weights = np.empty((1, x.shape[1]))
    for row in range(x.shape[0]):
        largest, rest = weigh(weights, 0, x, row)
        # A constant added to grad_output changes nothing: measured from its value at the largest,
        # the mean holds only what the largest loses.
        origin = np.float64(grad_output[row, find_place(x, row, largest)])
        share_of_one = 1.0 / (1.0 + rest)
        mean = _add_weighed(weights, grad_output, row, origin) * share_of_one
        for k in range(x.shape[1]):
            excess = (np.float64(grad_output[row, k]) - origin) - mean
            out[row, k] = weights[0, k] * share_of_one * excess


@jit
def _add_weighed(weights: Doubles, grad_output: FloatArray, row: int, origin: float) -> float:
    """Return the sum of a row's weights, each times its gradient measured from the origin."""
    total, lost = 0.0, 0.0
    for start in range(0, grad_output.shape[1], CHUNK):
        part = 0.0
        for i in range(min(CHUNK, grad_output.shape[1] - start)):
            k = np.uintp(start + i)
            term = weights[0, k] * (np.float64(grad_output[row, k]) - origin)
            part = add_in_any_order(part, term)
        total, lost = add(total, lost, part)
    return total


@jit
def _log_softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    weights = np.empty((1, x.shape[1]))
    for row in range(x.shape[0]):
        largest, rest = weigh(weights, 0, x, row)
        top = find_place(x, row, largest)
        others = add_but_one(grad_output, row, top)
        factor = (np.float64(grad_output[row, top]) + others) / (1.0 + rest)
        for k in range(x.shape[1]):
            out[row, k] = np.float64(grad_output[row, k]) - weights[0, k] * factor
        # The same for the largest, with 1 - 1 / (1 + rest) = rest / (1 + rest).
        out[row, top] = (rest * np.float64(grad_output[row, top]) - others) / (1.0 + rest)
