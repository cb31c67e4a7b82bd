"""Products of rows with rows, x @ weight.T, in float64 whatever the arrays are.

Long sums are cut into parts, and many rows into blocks, so that what a tile reads is near (see
product_tile.py). A sum is the same to the bit whatever the number of rows and of threads.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import inlined, jit
from reference.cpu.product_tile import FULL, ONE, ROWS, TWO, add_products
from reference.cpu.vectors import lanes, make_room, vector_bytes
from reference.threads import share

# The length of a part of a sum: rounding errors grow with it, and a vector of columns of that
# length lies in the first cache, beside it so many rows of x in the second.
MOST_PRODUCTS, MOST_ROWS = 512, 96
# How many products a tile adds up in a nanosecond.
SPEED = 30
NO_BIAS = np.empty(0)

Doubles = NDArray[np.float64]


def multiply_rows(x: FloatArray, weight: FloatArray, bias: FloatArray) -> Doubles:
    """Return x @ weight.T + bias, (rows of x, rows of weight)."""
    out = np.empty((len(x), len(weight)))
    _share(out, x, weight, bias.astype(np.float64, copy=False))
    return out


def add_rows(out: Doubles, x: FloatArray, weight: FloatArray, column: int = 0) -> None:
    """Add x @ weight.T to the columns of out from this one on."""
    _share(out, x, weight, NO_BIAS, column)


def _share(out: Doubles, x: FloatArray, weight: FloatArray, bias: Doubles, column: int = 0) -> None:
    # Threads share the columns: each reads its own weights, which are most of what is read.
    nanoseconds, columns = len(x) * weight.size / SPEED, _find_columns(len(weight))
    share(_multiply_rows, nanoseconds, (columns,), out, column, x, weight, bias)


@lru_cache(maxsize=256)
def _find_columns(count: int) -> IntegerArray:
    """Return the first column of each vector of columns."""
    return np.arange(0, count, vector_bytes() // 8)


@jit
def _multiply_rows(
    own: IntegerArray,
    out: FloatArray,
    to: int,
    x: FloatArray,
    weight: FloatArray,
    bias: Doubles,
) -> None:
    """Fill a vector of columns of out for each of these, `to` columns further right.

    Without a bias the sums are added to what is there.
    """
    columns, (count, length) = lanes(out), x.shape
    before = out if bias.size == 0 else bias.reshape(1, bias.size)
    # Parts of one length, in whole vectors but for the last.
    parts = max(1, -(-length // MOST_PRODUCTS))
    pitch = -(-length // (parts * columns)) * columns
    rows = min(count, MOST_ROWS)
    room = make_room((rows + columns) * pitch, out)
    block = room[: rows * pitch].reshape(rows, pitch)
    panel = room[rows * pitch :].reshape(columns, pitch)
    for start in range(0, max(length, 1), max(pitch, 1)):
        part = min(pitch, length - start)
        for first in range(0, count, max(rows, 1)):
            some = min(rows, count - first)
            _widen(block, x, first, some, start, part)
            if some > ROWS:
                _fill_in_tiles(own, out, before, to, first, some, block, weight, start, part, panel)
            elif some == ROWS:
                _fill_few(FULL, own, out, before, to, first, block, weight, start, part)
            elif some == 2:
                _fill_few(TWO, own, out, before, to, first, block, weight, start, part)
            elif some == 1:
                _fill_few(ONE, own, out, before, to, first, block, weight, start, part)
        before = out


@inlined
def _widen(out: FloatArray, x: FloatArray, row: int, rows: int, column: int, columns: int) -> None:
    """Fill out with so many rows and columns of x."""
    for r in range(rows):
        for k in range(columns):
            out[r, np.uintp(k)] = x[row + r, np.uintp(column + k)]


@jit
def _fill_few(
    tile: tuple[int, ...],
    own: IntegerArray,
    out: FloatArray,
    before: FloatArray,
    to: int,
    first: int,
    block: FloatArray,
    weight: FloatArray,
    start: int,
    count: int,
) -> None:
    """Fill the rows of one tile of these columns with what was before and products from start on.

    The weights are read where they lie, once.
    """
    columns, (width, length) = lanes(out), weight.shape
    for column in own:
        place = column * length + start
        add_products(
            *(tile, out, before, first, to + column, width - column),
            *(block, 0, weight, place, length, count, weight, place + columns * length),
        )


@jit
def _fill_in_tiles(
    own: IntegerArray,
    out: FloatArray,
    before: FloatArray,
    to: int,
    first: int,
    rows: int,
    block: FloatArray,
    weight: FloatArray,
    start: int,
    count: int,
    panel: FloatArray,
) -> None:
    """Fill as _fill_few does, with weights that are widened and aligned in the panel.

    Meanwhile the next columns' come near, a row of them with each tile: they are often far away.
    """
    (columns, pitch), (width, length) = panel.shape, weight.shape
    whole = rows // ROWS * ROWS
    for column in own:
        _widen(panel, weight, column, min(columns, width - column), start, count)
        for r in range(0, whole, ROWS):
            ahead = (column + columns + min(r // ROWS, columns - 1)) * length + start
            add_products(
                *(FULL, out, before, first + r, to + column, width - column),
                *(block, r, panel, 0, pitch, count, weight, ahead),
            )
        for r in range(whole, rows):
            add_products(
                *(ONE, out, before, first + r, to + column, width - column),
                *(block, r, panel, 0, pitch, count, weight, 0),
            )
