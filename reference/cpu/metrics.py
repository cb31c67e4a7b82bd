"""Metrics on the CPU: labels are checked in the pass that counts them.

One thread: it takes the labels from memory at half the speed of the memory or more.
"""

import numpy as np

from reference.arguments import IntegerArray
from reference.cpu.jit import inlined, jit

# Of a long array, four tables in turn, as long as they fit into the nearest cache together: where
# the same pair comes again and again, an addition need not wait for the one before.
TABLES = 4
CELLS = 1024
LONG = 2**14


def confusion_matrix(out: IntegerArray, y_true: IntegerArray, y_pred: IntegerArray) -> bool:
    """Add each sample to out (K, K), in the row of its target; return whether all are in range."""
    if y_true.size < LONG or out.size > CELLS:
        return bool(_count(out.reshape(1, -1), y_true, y_pred, len(out)))
    tables = np.zeros((TABLES, out.size), np.int64)
    in_range = _count(tables, y_true, y_pred, len(out))
    out += tables.sum(axis=0).reshape(out.shape)
    return bool(in_range)


@inlined
def _count(tables: IntegerArray, y_true: IntegerArray, y_pred: IntegerArray, classes: int) -> bool:
    last, whole = len(tables) - 1, y_true.size - y_true.size % TABLES
    for start in range(0, whole, TABLES):
        for k in range(TABLES):  # of constant length, and so unrolled
            if not _add(tables, k & last, y_true[start + k], y_pred[start + k], classes):
                return False
    in_range = True
    for n in range(whole, y_true.size):
        in_range &= _add(tables, 0, y_true[n], y_pred[n], classes)
    return in_range


@inlined
def _add(tables: IntegerArray, k: int, y_true: int, y_pred: int, classes: int) -> bool:
    # As unsigned numbers, of which a negative label is too large.
    t, p, limit = np.uint64(y_true), np.uint64(y_pred), np.uint64(classes)
    if t >= limit or p >= limit:
        return False
    tables[k, t * limit + p] += 1
    return True


@jit
def confusion_matrix_largest_label(y_true: IntegerArray, y_pred: IntegerArray) -> np.uint64:
    """Return the largest label of all; a negative one counts as larger than any other."""
    largest = np.uint64(0)
    for n in range(y_true.size):
        largest = max(largest, np.uint64(y_true[n]), np.uint64(y_pred[n]))
    return largest
