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
    find_largest,
    weigh,
)
from reference.cpu.fetching import FAR_BYTES, STEP, fetch_step
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import inlined, jit
from reference.threads import share

# So many numbers are weighed at a time where rows are shorter than that.
BLOCK = 1024


def share_rows(
    kernel: Callable[..., object],
    of_singles: Callable[..., object],
    nanoseconds: float,
    results: tuple[FloatArray, ...],
    x: FloatArray,
    given: tuple[NDArray[Any], ...] = (),
    whole: tuple[object, ...] = (),
) -> bool:
    """Fill the results from rows of x by the kernel of their dtype, in threads as share does.

    given are arrays of which each row has an entry; whole is what all rows have in common. The
    kernel of float32 returns False where it left rows whose totals it cannot use: the first result
    of such a row is NaN, and the kernel of float64, which is compiled only then, does it. Return
    whether no call of that one returned False: the labels are class indices.
    """
    if x.itemsize == 8:
        return share(kernel, nanoseconds, (*results, x, *given), *whole)
    if share(of_singles, nanoseconds, (*results, x, *given), *whole):
        return True
    left = np.isnan(results[0].reshape(len(x), -1)[:, 0])
    wide = [np.empty(result[left].shape) for result in results]
    rows = (*wide, x[left].astype(np.float64), *(array[left] for array in given))
    is_right = share(kernel, nanoseconds, rows, *whole)
    with np.errstate(over="ignore"):
        for result, computed in zip(results, wide, strict=True):
            result[left] = computed
    return is_right


@inlined
def count_rows(x: FloatArray) -> int:
    """Return how many rows a block has, but for the last one: several where they are short."""
    rows: int = max(1, BLOCK // x.shape[1])
    return rows


@inlined
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
    numbers, begin, count = x.reshape(x.size), first * classes, (end - first) * classes
    step = STEP if x.nbytes >= FAR_BYTES else count
    for start in range(0, count, step):
        if step == STEP:
            fetch_step((x,), begin + start)
            fetch_step((weights,), start)
        for i in range(min(step, count - start)):
            k, number = np.uintp(start + i), numbers[np.uintp(begin + start + i)]
            weights[k] = exp_of_difference(np.float64(number), weights[k])
    _add_up(rests, weights, largest, classes, first, end)
    return end


@inlined
def _spread_largest(
    weights: Doubles, largest: Doubles, x: FloatArray, first: int, end: int
) -> None:
    """Fill largest, and a row of weights with each, so that one loop can subtract them."""
    for row in range(first, end):
        largest[row] = find_largest(x, row)
        start = (row - first) * x.shape[1]
        for k in range(x.shape[1]):
            weights[np.uintp(start + k)] = largest[row]


@inlined
def _add_up(
    rests: Doubles, weights: Doubles, largest: Doubles, classes: int, first: int, end: int
) -> None:
    for row in range(first, end):
        total, start = 0.0, (row - first) * classes
        for k in range(classes):
            total = add_in_any_order(total, weights[np.uintp(start + k)])
        # Where the largest, which weighs 1, is most of the total, a difference would lose digits.
        rest = total - 1.0 if total >= 1.5 else _add_others(weights, start, classes)
        rests[row] = rest + (largest[row] - largest[row])  # with 0, or NaN


@inlined
def _add_others(weights: Doubles, start: int, classes: int) -> float:
    """Return the sum of a row's weights without the largest, which is alone."""
    others = 0.0
    for k in range(classes):
        weight = weights[np.uintp(start + k)]
        others = add_in_any_order(others, weight if weight < 1.0 else 0.0)
    return others
