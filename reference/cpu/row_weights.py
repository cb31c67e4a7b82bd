"""The weights of blocks of rows: exponentials of as many short rows as fill a block, in one loop.

LLVM makes vectors of a loop; what is left behind the last vector goes number by number, and of a
row of ten classes that takes longest. A long row is a block of its own. In any block, a row's
weights and their sum are the same to the last bit.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu.exponentials import (
    Doubles,
    exp_of_difference,
    exp_of_single,
    find_largest,
    weigh,
)
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import jit
from reference.threads import share

# So many numbers are weighed at a time where rows are shorter than that.
BLOCK = 1024


def share_rows(
    kernel: Callable[..., object],
    of_singles: Callable[..., object],
    nanoseconds: float,
    results: tuple[FloatArray, ...],
    x: FloatArray,
    *given: NDArray[Any],
) -> bool:
    """Fill the results from rows of x by the kernel of their dtype, in threads as share does.

    The kernel of float32 returns False where it left rows whose totals it cannot use: the first
    result of such a row is NaN, and the kernel of float64, which is compiled only then, does it.
    Return whether no call of that one returned False: the labels are class indices.
    """
    if x.dtype == np.float64:
        return share(kernel, nanoseconds, (*results, x, *given))
    if share(of_singles, nanoseconds, (*results, x, *given)):
        return True
    left = np.isnan(results[0].reshape(len(x), -1)[:, 0])
    wide = [np.empty(result[left].shape) for result in results]
    rows = (*wide, x[left].astype(np.float64), *(array[left] for array in given))
    is_right = share(kernel, nanoseconds, rows)
    with np.errstate(over="ignore"):
        for result, computed in zip(results, wide, strict=True):
            result[left] = computed
    return is_right


@jit
def count_rows(x: FloatArray) -> int:
    """Return how many rows a block has, but for the last one: several where they are short."""
    rows: int = max(1, BLOCK // x.shape[1])
    return rows


@jit
def make_room(x: FloatArray) -> Doubles:
    """Return room for the weights of a block."""
    return np.empty(count_rows(x) * x.shape[1])


@jit
def weigh_rows(
    weights: Doubles, largest: Doubles, rests: Doubles, x: FloatArray, first: int
) -> int:
    """Fill weights with those of a block of rows, each seen from its largest number.

    Of largest and rests, which have a place for every row, fill those of the block: with the
    largest numbers, and with the sums of the other weights, NaN as in weigh. Return where the block
    ends.
    """
    classes = x.shape[1]
    end: int = min(first + count_rows(x), x.shape[0])
    if count_rows(x) == 1:
        largest[first], rests[first] = weigh(weights, x, first)
        return end
    _spread_largest(weights, largest, x, first, end)
    numbers = x.reshape(x.size)
    for k in range((end - first) * classes):
        number = np.float64(numbers[np.uintp(first * classes + k)])
        weights[k] = exp_of_difference(number, weights[k])
    _add_up(rests, weights, largest, classes, first, end)
    return end


@jit
def _spread_largest(
    weights: Doubles, largest: Doubles, x: FloatArray, first: int, end: int
) -> None:
    """Fill largest, and a row of weights with each, so that one loop can subtract them."""
    for row in range(first, end):
        largest[row] = find_largest(x, row)
        start = (row - first) * x.shape[1]
        for k in range(x.shape[1]):
            weights[np.uintp(start + k)] = largest[row]


@jit
def _add_up(
    rests: Doubles, weights: Doubles, largest: Doubles, classes: int, first: int, end: int
) -> None:
    for row in range(first, end):
        count, others = largest[row] - largest[row], 0.0  # 0, or NaN
        start = (row - first) * classes
        for k in range(classes):
            weight = weights[np.uintp(start + k)]
            # The largest, each of which weighs 1, are counted: but for one, they are others too.
            count = add_in_any_order(count, 0.0 if weight < 1.0 else 1.0)
            others = add_in_any_order(others, weight if weight < 1.0 else 0.0)
        rests[row] = others + (count - 1.0)


@jit
def weigh_singles(weights: Doubles, totals: Doubles, x: FloatArray, first: int) -> int:
    """Fill weights with exp of a block of rows, float32, and their places in totals with the sums.

    float64 has room for exp of most float32 numbers, so nothing is subtracted: where a total
    is_usable, what the weights are to it has all the digits of float32. Return where the block
    ends.
    """
    classes, numbers, total = x.shape[1], x.reshape(x.size), 0.0
    end: int = min(first + count_rows(x), x.shape[0])
    for k in range((end - first) * classes):
        weights[k] = exp_of_single(np.float64(numbers[np.uintp(first * classes + k)]))
        total = add_in_any_order(total, weights[k])
    totals[first] = total
    if count_rows(x) > 1:
        for row in range(end - first):
            total = 0.0
            for k in range(classes):
                total = add_in_any_order(total, weights[np.uintp(row * classes + k)])
            totals[first + row] = total
    return end


@jit
def sum_singles(weights: Doubles, totals: Doubles, x: FloatArray, first: int) -> int:
    """Fill totals as weigh_singles does; the weights of a long row are not kept."""
    if count_rows(x) > 1:
        return weigh_singles(weights, totals, x, first)
    totals[first] = add_singles(x, first, 0, x.shape[1])
    return first + 1


@jit
def add_singles(x: FloatArray, row: int, start: int, end: int) -> float:
    """Return the sum of exp of the numbers of a row from start to end."""
    total = 0.0
    for i in range(end - start):
        weight = exp_of_single(np.float64(x[row, np.uintp(start + i)]))
        total = add_in_any_order(total, weight)
    return total


@jit
def add_other_singles(x: FloatArray, row: int, place: int) -> float:
    """Return the sum of exp of the numbers of a row without the one at a place."""
    return add_singles(x, row, 0, place) + add_singles(x, row, place + 1, x.shape[1])


@jit
def has_digits(rest: float, total: float) -> bool:
    """Return whether the rest of a total, their difference, has kept the digits of float32."""
    return rest > 2.0**-18 * total


@jit
def is_usable(total: float) -> bool:
    """Return whether a sum of exponentials is far from both ends of float64, and no NaN."""
    return 1e-200 < total < 1e200
