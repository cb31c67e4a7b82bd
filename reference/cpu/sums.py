"""Sums of long rows: chunks in any order, which LLVM adds in vectors, and the chunks with care.

    total, lost = 0.0, 0.0
    for start in range(0, size, CHUNK):
        part = 0.0
        for i in range(min(CHUNK, size - start)):
            part = add_in_any_order(part, term[np.uintp(start + i)])
        total, lost = add(total, lost, part)

The index is unsigned, since one that might be negative is looked up from the end: LLVM leaves such
a loop alone. Terms differ, and with each the loop is written again: a function that is given to
another is not compiled into it.
"""

import math

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import inlined

# How many numbers are summed before the sum is added to what has been summed, with its error.
CHUNK = 4096


@inlined
def add_but_one(numbers: FloatArray, row: int, place: int) -> float:
    """Return the sum of a row of numbers without the one at a place."""
    total, lost = 0.0, 0.0
    for start in range(0, numbers.shape[1], CHUNK):
        part = 0.0
        for i in range(min(CHUNK, numbers.shape[1] - start)):
            number = np.float64(numbers[row, np.uintp(start + i)])
            part = add_in_any_order(part, 0.0 if start + i == place else number)
        total, lost = add(total, lost, part)
    return total


@inlined
def add_weighed(
    weights: FloatArray, place: int, numbers: FloatArray, row: int, origin: float
) -> float:
    """Return the sum of a row of numbers, measured from the origin, each times its weight.

    Its weights begin at a place.
    """
    total, lost = 0.0, 0.0
    for start in range(0, numbers.shape[1], CHUNK):
        part = 0.0
        for i in range(min(CHUNK, numbers.shape[1] - start)):
            number = np.float64(numbers[row, np.uintp(start + i)]) - origin
            part = add_in_any_order(part, weights[np.uintp(place + start + i)] * number)
        total, lost = add(total, lost, part)
    return total


@inlined
def add(total: float, lost: float, term: float) -> tuple[float, float]:
    """Return the total with the term and what was added to it too much (Kahan)."""
    term -= lost
    grown = total + term
    excess = (grown - total) - term
    # Of an infinite total the excess has no meaning: it must not make the next total NaN.
    return grown, excess if math.isfinite(excess) else 0.0
