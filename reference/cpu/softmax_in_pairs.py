"""softmax of long rows of float32, whose weights are pairs of float32 numbers."""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.exponential_pairs import (
    LEAST_TOTAL,
    MOST_TOTAL,
    multiply_pairs,
    weigh_pairs,
)
from reference.cpu.exponential_runs import weigh_run
from reference.cpu.exponentials import multiply
from reference.cpu.jit import jit
from reference.cpu.row_weights import count_rows, make_room
from reference.cpu.single_weights import is_far, is_usable
from reference.cpu.vectors import looks_up

# Of shorter rows too much is left behind the vectors.
LEAST_CLASSES = 128


def are_pairs_worth_it(x: FloatArray) -> bool:
    """Return whether there are pairs, and the rows long enough for them."""
    return x.shape[1] >= LEAST_CLASSES and looks_up()


@jit
def softmax_in_pairs(out: FloatArray, x: FloatArray) -> bool:
    """Return whether all totals are usable; a row whose total is not begins with NaN."""
    classes, far, usable = x.shape[1], is_far(x), True
    weights, totals = make_room(x), np.empty(x.shape[0])
    for first in range(0, x.shape[0], count_rows(x)):
        end = min(first + count_rows(x), x.shape[0])
        for row in range(first, end):
            place, start = (row - first) * classes, row * classes
            if far:
                totals[row] = weigh_pairs(weights, place, x, start, classes, (x, out))
            else:
                totals[row] = weigh_pairs(weights, place, x, start, classes, ())
        for row in range(first, end):
            place, start, total = (row - first) * classes, row * classes, totals[row]
            are_right = multiply_pairs(out, start, weights, place, classes, 1.0 / total)
            if not (are_right & (total > LEAST_TOTAL) & (total < MOST_TOTAL)):
                total = weigh_run(weights, place, x, start, classes, ())
                multiply(out, row, weights, place, 1.0 / total)
                if not is_usable(total):
                    out[row, 0], usable = np.nan, False
    return usable
