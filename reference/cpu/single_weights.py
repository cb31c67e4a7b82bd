"""The weights of rows of float32: exp of the numbers as they are, with nothing subtracted.

float64 has room for exp of nearly all of them, and to look for the largest number of each row takes
as long as the exponentials. Rows whose totals cannot be used are left to row_weights.
"""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.exponential_runs import sum_run, weigh_run
from reference.cpu.exponentials import Doubles
from reference.cpu.fetching import FAR_BYTES
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import inlined
from reference.cpu.row_weights import BLOCK, count_rows

# From so many numbers on, a row of weights leaves no room in the first cache.
LONG = 3072
# Several rows shorter than that are best done as one run.
SHORT = 32
# So many numbers are done at a time where their weights are not kept.
SUMMED = 16 * BLOCK


@inlined
def weigh_singles(
    out: FloatArray, weights: Doubles, totals: Doubles, x: FloatArray, first: int
) -> int:
    """Fill weights with exp of a block of rows, float32, and their places in totals with the sums.

    float64 has room for exp of most float32 numbers, so nothing is subtracted: where a total
    is_usable, what the weights are to it has all the digits of float32. Return where the block
    ends. Meanwhile the rows of out come near that are to be filled next; it may be x.
    """
    classes, end, far = x.shape[1], min(first + count_rows(x), x.shape[0]), is_far(x)
    if classes < SHORT:
        weigh_run(weights, 0, x, first * classes, (end - first) * classes, (x, out))
        for row in range(end - first):
            total = 0.0
            for k in range(classes):
                total = add_in_any_order(total, weights[np.uintp(row * classes + k)])
            totals[first + row] = total
        return int(end)
    for row in range(first, end):
        own, start = (row - first) * classes, row * classes
        if far:
            totals[row] = weigh_run(weights, own, x, start, classes, (x, out))
        else:
            totals[row] = weigh_run(weights, own, x, start, classes, ())
    return int(end)


@inlined
def count_summed(x: FloatArray) -> int:
    """Return how many rows a block has of which sum_singles fills totals, but for the last one."""
    classes = x.shape[1]
    rows: int = count_rows(x) if classes < SHORT else max(1, SUMMED // classes)
    return rows


@inlined
def sum_singles(
    out: FloatArray, weights: Doubles, totals: Doubles, x: FloatArray, first: int
) -> int:
    """Fill totals as weigh_singles does, in larger blocks; only weights of short rows are kept."""
    classes, end, far = x.shape[1], min(first + count_summed(x), x.shape[0]), is_far(x)
    if classes < SHORT:
        return weigh_singles(out, weights, totals, x, first)
    for row in range(first, end):
        if far:
            totals[row] = sum_run(x, row * classes, classes, (x, out))
        else:
            totals[row] = sum_run(x, row * classes, classes, ())
    return int(end)


@inlined
def is_far(x: FloatArray) -> bool:
    """Return whether x or its result are not in the caches, or a row of weights drives them out."""
    return x.nbytes >= FAR_BYTES or x.shape[1] >= LONG


@inlined
def find_rest(x: FloatArray, row: int, place: int, weight: float, total: float) -> float:
    """Return what is left of a row's total without the weight of the number at a place."""
    rest = total - weight
    # Else the difference has lost digits that float32 keeps.
    return rest if rest > 2.0**-18 * total else _add_others(x, row, place)


@inlined
def _add_others(x: FloatArray, row: int, place: int) -> float:
    start, after = row * x.shape[1], x.shape[1] - place - 1
    rest: float = sum_run(x, start, place, ()) + sum_run(x, start + place + 1, after, ())
    return rest


@inlined
def is_usable(total: float) -> bool:
    """Return whether a sum of exponentials is far from both ends of float64, and no NaN."""
    return 1e-200 < total < 1e200
