"""softmax and its kin on the CPU: each row is one sample, and one thread computes it."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu.exponential_runs import weigh_run
from reference.cpu.exponentials import (
    Doubles,
    find_largest,
    find_place,
    multiply,
    scale,
)
from reference.cpu.jit import inlined, jit
from reference.cpu.logarithm_runs import subtract_run
from reference.cpu.logarithms import log, log_of_more
from reference.cpu.row_weights import count_rows, make_room, share_rows, weigh_rows
from reference.cpu.single_weights import (
    count_summed,
    find_rest,
    is_usable,
    sum_singles,
    weigh_singles,
)
from reference.cpu.softmax_in_pairs import are_pairs_worth_it, softmax_in_pairs
from reference.cpu.sums import add_but_one, add_weighed

Indices = NDArray[np.int64]


def softmax(out: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with probabilities; there is at least one class."""
    of_singles = softmax_in_pairs if are_pairs_worth_it(x) else _softmax_of_singles
    share_rows(_softmax, of_singles, x.size / 2, (out,), x)


def log_softmax(out: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the logarithms of the probabilities."""
    share_rows(_log_softmax, _log_softmax_of_singles, x.size / 2, (out,), x)


def softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the gradient."""
    doubles, singles = _softmax_backward, _softmax_backward_of_singles
    share_rows(doubles, singles, x.size, (out,), x, (grad_output,))


def log_softmax_backward(out: FloatArray, grad_output: FloatArray, x: FloatArray) -> None:
    """Fill out (rows, classes) with the gradient."""
    doubles, singles = _log_softmax_backward, _log_softmax_backward_of_singles
    share_rows(doubles, singles, x.size, (out,), x, (grad_output,))


@jit
def _softmax(out: Doubles, x: FloatArray) -> None:
    numbers, classes = out.reshape(out.size), out.shape[1]
    largest, rests = np.empty(x.shape[0]), np.empty(x.shape[0])
    for first in range(0, x.shape[0], count_rows(x)):
        end = weigh_rows(numbers[first * classes :], largest, rests, x, first)
        for row in range(first, end):
            scale(out, row, 1.0 / (1.0 + rests[row]))


@jit
def _softmax_of_singles(out: FloatArray, x: FloatArray) -> bool:
    """Return whether all totals are usable; a row whose total is not begins with NaN."""
    weights, totals, usable = make_room(x), np.empty(x.shape[0]), True
    for first in range(0, x.shape[0], count_rows(x)):
        end = weigh_singles(out, weights, totals, x, first)
        for row in range(first, end):
            multiply(out, row, weights, (row - first) * x.shape[1], 1.0 / totals[row])
            if not is_usable(totals[row]):
                out[row, 0], usable = np.nan, False
    return usable


@jit
def _log_softmax(out: Doubles, x: FloatArray) -> None:
    # The weights lie in out for a while: it comes into the cache while they are computed.
    numbers, classes = out.reshape(out.size), out.shape[1]
    largest, rests = np.empty(x.shape[0]), np.empty(x.shape[0])
    for first in range(0, x.shape[0], count_rows(x)):
        end = weigh_rows(numbers[first * classes :], largest, rests, x, first)
        for row in range(end - first):
            rests[np.uintp(first + row)] = log_of_more(rests[np.uintp(first + row)])
        for row in range(first, end):
            _subtract_both(out, x, row, largest[row], rests[row])


@inlined
def _subtract_both(out: Doubles, x: FloatArray, row: int, largest: float, loss: float) -> None:
    for k in range(x.shape[1]):
        # Neither term is positive: nothing cancels.
        out[row, k] = (np.float64(x[row, k]) - largest) - loss


@jit
def _log_softmax_of_singles(out: FloatArray, x: FloatArray) -> bool:
    """Return whether all totals are usable; a row whose total is not begins with NaN."""
    weights, usable, rows = make_room(x), True, count_summed(x)
    totals, logarithms = np.empty(x.shape[0]), np.empty(rows)
    owners, places = np.empty(rows, np.int64), np.empty(rows, np.int64)
    for first in range(0, x.shape[0], rows):
        end, near = sum_singles(out, weights, totals, x, first), 0
        for row in range(end - first):
            logarithms[row] = log(totals[np.uintp(first + row)])
        for row in range(first, end):
            start = row * x.shape[1]
            place = subtract_run(out, x, start, x.shape[1], logarithms[row - first])
            owners[near], places[near] = row, start + place
            near += place >= 0
        if near:
            _mend(out, x, totals, owners[:near], places[:near], logarithms)
        for row in range(first, end):
            if not is_usable(totals[row]):
                out[row, 0], usable = np.nan, False
    return usable


@inlined
def _mend(
    out: FloatArray, x: FloatArray, totals: Doubles, rows: Indices, places: Indices, odds: Doubles
) -> None:
    """Fill what is nearly 0 in some rows of out, at these places of all, from the others' weights.

    The difference of two near numbers has lost digits. odds is room for as many.
    """
    numbers, results = x.reshape(x.size), out.reshape(out.size)
    chosen = np.empty(len(rows), x.dtype)
    for i in range(len(rows)):
        chosen[i] = numbers[np.uintp(places[i])]
    weigh_run(odds, 0, chosen, 0, len(chosen), ())
    for i in range(len(rows)):
        row, weight = int(rows[i]), odds[i]
        rest = find_rest(x, row, places[i] - row * x.shape[1], weight, totals[row])
        odds[i] = rest / weight
    for i in range(len(rows)):
        odds[i] = log_of_more(odds[i])
    for i in range(len(rows)):
        results[np.uintp(places[i])] = -odds[i]


@jit
def _softmax_backward(out: Doubles, x: FloatArray, grad_output: FloatArray) -> None:
    weights, largest, rests = make_room(x), np.empty(x.shape[0]), np.empty(x.shape[0])
    for first in range(0, x.shape[0], count_rows(x)):
        end = weigh_rows(weights, largest, rests, x, first)
        for row in range(first, end):
            place, total = (row - first) * x.shape[1], 1.0 + rests[row]
            _fill_gradient(out, weights, place, total, x, row, largest[row], grad_output)


@jit
def _softmax_backward_of_singles(out: FloatArray, x: FloatArray, grad_output: FloatArray) -> bool:
    """Return whether all totals are usable; a row whose total is not begins with NaN."""
    weights, totals, usable = make_room(x), np.empty(x.shape[0]), True
    for first in range(0, x.shape[0], count_rows(x)):
        end = weigh_singles(out, weights, totals, x, first)
        for row in range(first, end):
            place, largest = (row - first) * x.shape[1], find_largest(x, row)
            _fill_gradient(out, weights, place, totals[row], x, row, largest, grad_output)
            if not is_usable(totals[row]):
                out[row, 0], usable = np.nan, False
    return usable


@inlined
def _fill_gradient(
    out: FloatArray,
    weights: Doubles,
    place: int,
    total: float,
    x: FloatArray,
    row: int,
    largest: float,
    grad_output: FloatArray,
) -> None:
    """Fill a row of out with the gradient of softmax; its weights begin at a place."""
    # A constant added to grad_output changes nothing: measured from its value at the largest, the
    # mean holds only what the largest loses.
    origin = np.float64(grad_output[row, find_place(x, row, largest)])
    share_of_one = 1.0 / total
    mean = add_weighed(weights, place, grad_output, row, origin) * share_of_one
    for k in range(x.shape[1]):
        excess = (np.float64(grad_output[row, k]) - origin) - mean
        out[row, k] = weights[np.uintp(place + k)] * share_of_one * excess


@jit
def _log_softmax_backward(out: Doubles, x: FloatArray, grad_output: FloatArray) -> None:
    weights, largest, rests = make_room(x), np.empty(x.shape[0]), np.empty(x.shape[0])
    for first in range(0, x.shape[0], count_rows(x)):
        end = weigh_rows(weights, largest, rests, x, first)
        for row in range(first, end):
            place, total = (row - first) * x.shape[1], 1.0 + rests[row]
            top = find_place(x, row, largest[row])
            _fill_log_gradient(out, weights, place, total, rests[row], row, top, grad_output)


@jit
def _log_softmax_backward_of_singles(
    out: FloatArray, x: FloatArray, grad_output: FloatArray
) -> bool:
    """Return whether all totals are usable; a row whose total is not begins with NaN."""
    weights, totals, usable = make_room(x), np.empty(x.shape[0]), True
    for first in range(0, x.shape[0], count_rows(x)):
        end = weigh_singles(out, weights, totals, x, first)
        for row in range(first, end):
            place, top = (row - first) * x.shape[1], find_place(x, row, find_largest(x, row))
            rest = find_rest(x, row, top, weights[place + top], totals[row])
            _fill_log_gradient(out, weights, place, totals[row], rest, row, top, grad_output)
            if not is_usable(totals[row]):
                out[row, 0], usable = np.nan, False
    return usable


@inlined
def _fill_log_gradient(
    out: FloatArray,
    weights: Doubles,
    place: int,
    total: float,
    rest: float,
    row: int,
    top: int,
    grad_output: FloatArray,
) -> None:
    """Fill a row of out with the gradient of log_softmax; its weights begin at a place.

    The largest number is at the top; the rest is what the others weigh.
    """
    own, others = np.float64(grad_output[row, top]), add_but_one(grad_output, row, top)
    factor = (own + others) / total
    for k in range(out.shape[1]):
        out[row, k] = np.float64(grad_output[row, k]) - weights[np.uintp(place + k)] * factor
    # The same for the largest, without the difference of 1 and a probability that is nearly 1.
    out[row, top] = (rest * own - others * weights[place + top]) / total
