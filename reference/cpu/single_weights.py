"""The weights of rows of float32: exp of the numbers as they are, with nothing subtracted.

float64 has room for exp of nearly all of them, and to look for the largest number of each row takes
as long as the exponentials. Rows whose totals cannot be used are left to row_weights.
"""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.exponentials import Doubles, exp_of_single
from reference.cpu.fetching import FAR_BYTES, STEP, fetch_step
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import inlined
from reference.cpu.row_weights import count_rows
from reference.cpu.sums import CHUNK

# From so many numbers on, a row of weights leaves no room in the first cache.
LONG = 3072


@inlined
def weigh_singles(
    out: FloatArray, weights: Doubles, totals: Doubles, x: FloatArray, first: int
) -> int:
    """Fill weights with exp of a block of rows, float32, and their places in totals with the sums.

    float64 has room for exp of most float32 numbers, so nothing is subtracted: where a total
    is_usable, what the weights are to it has all the digits of float32. Return where the block
    ends. Meanwhile the rows of out come near that are to be filled next; it may be x.
    """
    classes, numbers, total = x.shape[1], x.reshape(x.size), 0.0
    end: int = min(first + count_rows(x), x.shape[0])
    begin, count = first * classes, (end - first) * classes
    # A long row is always added up step by step: its sum must not depend on how far x is.
    step = STEP if x.nbytes >= FAR_BYTES or count_rows(x) == 1 else count
    for start in range(0, count, step):
        if x.nbytes >= FAR_BYTES:
            fetch_step((x, out), begin + start)
        for i in range(min(step, count - start)):
            weight = exp_of_single(np.float64(numbers[np.uintp(begin + start + i)]))
            weights[np.uintp(start + i)] = weight
            total = add_in_any_order(total, weight)
    totals[first] = total
    if count_rows(x) > 1:
        for row in range(end - first):
            total = 0.0
            for k in range(classes):
                total = add_in_any_order(total, weights[np.uintp(row * classes + k)])
            totals[first + row] = total
    return end


@inlined
def weigh_singles_for(
    out: FloatArray, weights: Doubles, totals: Doubles, x: FloatArray, first: int
) -> int:
    """Do what weigh_singles does; the block of out, float32, is to be filled next.

    The weights of a long row fill the first cache. They are written to out too, so that it comes
    into the second one meanwhile: else the processor would have to wait for it.
    """
    if x.shape[1] < LONG:
        return weigh_singles(out, weights, totals, x, first)
    total = 0.0
    for k in range(x.shape[1]):
        weight = exp_of_single(np.float64(x[first, np.uintp(k)]))
        weights[np.uintp(k)] = weight
        out[first, np.uintp(k)] = weight
        total = add_in_any_order(total, weight)
    totals[first] = total
    return first + 1


@inlined
def sum_singles(
    out: FloatArray, weights: Doubles, totals: Doubles, x: FloatArray, first: int
) -> int:
    """Fill totals as weigh_singles does; the weights of a long row are not kept."""
    if count_rows(x) > 1:
        return weigh_singles(out, weights, totals, x, first)
    total, step = 0.0, STEP if x.shape[1] < LONG else CHUNK
    for start in range(0, x.shape[1], step):
        if step == STEP and x.nbytes >= FAR_BYTES:
            fetch_step((x, out), first * x.shape[1] + start)
        total += add_singles(x, first, start, min(start + step, x.shape[1]))
    totals[first] = total
    return first + 1


@inlined
def add_singles(x: FloatArray, row: int, start: int, end: int) -> float:
    """Return the sum of exp of the numbers of a row from start to end."""
    total = 0.0
    for i in range(end - start):
        weight = exp_of_single(np.float64(x[row, np.uintp(start + i)]))
        total = add_in_any_order(total, weight)
    return total


@inlined
def add_other_singles(x: FloatArray, row: int, place: int) -> float:
    """Return the sum of exp of the numbers of a row without the one at a place."""
    return add_singles(x, row, 0, place) + add_singles(x, row, place + 1, x.shape[1])


@inlined
def has_digits(rest: float, total: float) -> bool:
    """Return whether the rest of a total, their difference, has kept the digits of float32."""
    return rest > 2.0**-18 * total


@inlined
def is_usable(total: float) -> bool:
    """Return whether a sum of exponentials is far from both ends of float64, and no NaN."""
    return 1e-200 < total < 1e200
