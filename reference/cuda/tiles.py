"""Products of matrices, tile by tile: what a block of threads does with tiles in shared memory.

A convolution is a product of matrices of which one is never laid out in memory. A block of threads
computes a tile of the result, `rows` times `columns` numbers, `depth` products of each at once:

    left (depth, rows), right (depth, columns)      brought into shared memory by all threads
    sums[i, j] += left[k, i] * right[k, j]          by each thread: its own share of the tile

Shared memory cannot feed the multipliers if each product reads both its factors. So a thread owns
`own_rows` times `own_columns` sums, in registers: to add to 64 of them it reads 16 factors, four
neighbours by one instruction. There are two buffers: while the products of one are added up, what
the other one gets is on its way from memory.

    for each step:
        fetch the factors of the next step into registers       (their journey begins)
        multiply what lies in the buffer                        (meanwhile)
        store what was fetched into the other buffer, wait for all threads, and exchange the two

Rounding errors grow with the length of a sum, so it is cut into parts of PART products: each is
added up on its own, and then to a total. That takes registers and hardly any time.

Arrays in registers have no addresses: every loop over them must be unrolled by the compiler, or
they end in memory. `python -m reference.cuda` looks at that, too.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numba import from_dtype, uint32

from reference.cuda.target import IS_SIMULATED, cuda, device_function

# Numbers that an instruction reads from shared memory, if they begin at a multiple of ALIGNMENT.
VECTOR = 4
ALIGNMENT = 16
# Columns that keep the rows of a room in different banks of shared memory.
SPARE = VECTOR
PART = 16 if IS_SIMULATED else 256


class Tile(NamedTuple):
    """Rows and columns that a block computes, and those that a thread does; products at a time."""

    rows: int
    columns: int
    depth: int
    own_rows: int
    own_columns: int

    @property
    def threads(self) -> int:
        """How many threads a block has."""
        return self.rows // self.own_rows * (self.columns // self.own_columns)

    def cover(self, rows: int, columns: int) -> tuple[int, int]:
        """Return how many tiles there are down and across a matrix."""
        return -(-rows // self.rows), -(-columns // self.columns)


FLAT = Tile(32, 128, 8, 4, 4)
SMALL = Tile(64, 64, 8, 4, 4)
WIDE = Tile(64, 128, 8, 4, 8)
LARGE = Tile(128, 128, 8, 8, 8)
# One thread of the simulator is one of Python: small blocks, and both kinds of shares.
TILES_OF_SIMULATOR = Tile(16, 16, 4, 4, 4), Tile(32, 16, 4, 8, 4)
# Fewer blocks than these leave a large GPU half idle.
ENOUGH_BLOCKS = 1 if IS_SIMULATED else 256


def list_tiles(dtype: np.dtype[Any]) -> tuple[Tile, ...]:
    """Return the tiles to choose from; of float64 the registers hold only small shares."""
    if IS_SIMULATED:
        return TILES_OF_SIMULATOR
    return (FLAT, SMALL, WIDE, LARGE) if dtype == np.float32 else (FLAT, SMALL)


def choose_tile(dtype: np.dtype[Any], rows: int, columns: int, matrices: int = 1) -> Tile:
    """Return the largest tile that is not half empty and makes enough blocks, else a small one."""
    tiles = list_tiles(dtype)
    for tile in reversed(tiles):
        down, across = tile.cover(rows, columns)
        if tile.rows < 2 * rows and down * across * matrices >= ENOUGH_BLOCKS:
            return tile
    return tiles[0]


def shape_room(tile: Tile) -> tuple[int, int, int]:
    """Return the shape of the shared memory of a block: two buffers (depth, rows + columns)."""
    return 2, tile.depth, tile.rows + tile.columns + SPARE


class Share(NamedTuple):
    """Device functions: of the thread's i-th row and j-th column, where they are in the tile."""

    row: Callable[[Any], Any]
    column: Callable[[Any], Any]


@cache
def make_share(tile: Tile) -> Share:
    """Return where a thread's share of a tile is.

    Its vectors lie apart, so that those of its neighbours lie side by side. Places are unsigned:
    for a signed index Numba asks if it counts from the end, and then no vector is read.
    """
    across = uint32(tile.columns // tile.own_columns)
    rows_apart = tile.rows // (tile.own_rows // VECTOR)
    columns_apart = tile.columns // (tile.own_columns // VECTOR)

    @device_function
    def row(i: Any) -> Any:
        first = uint32(cuda.threadIdx.x) // across * uint32(VECTOR)
        return first + uint32(i // VECTOR * rows_apart + i % VECTOR)

    @device_function
    def column(j: Any) -> Any:
        first = uint32(cuda.threadIdx.x) % across * uint32(VECTOR)
        return first + uint32(j // VECTOR * columns_apart + j % VECTOR)

    return Share(row, column)


@cache
def make_multiply(dtype: np.dtype[Any], tile: Tile) -> Callable[..., None]:
    """Return multiply(sums, room, buffer): add the products of a buffer to the thread's sums.

    The room has the shape of shape_room, and begins at a multiple of ALIGNMENT.
    """
    step, length = _make_step(dtype, tile), 1
    # A loop over eight such bodies would not be unrolled, so it is built of twice two times two.
    while length < tile.depth:
        step, length = _twice(step, length), 2 * length

    @device_function
    def multiply(sums: Any, room: Any, buffer: Any) -> None:
        step(sums, room, buffer, 0)

    return multiply


def _make_step(dtype: np.dtype[Any], tile: Tile) -> Callable[..., None]:
    real, (rows, _, _, own_rows, own_columns) = from_dtype(dtype), tile
    row, column = make_share(tile)

    @device_function
    def step(sums: Any, room: Any, buffer: Any, k: Any) -> None:
        left, right = cuda.local.array(own_rows, real), cuda.local.array(own_columns, real)
        for i in range(own_rows):
            left[i] = room[buffer, k, row(i)]
        for j in range(own_columns):
            right[j] = room[buffer, k, uint32(rows) + column(j)]
        for i in range(own_rows):
            for j in range(own_columns):
                sums[i, j] += left[i] * right[j]

    return step


def _twice(step: Callable[..., None], length: int) -> Callable[..., None]:
    @device_function
    def both(sums: Any, room: Any, buffer: Any, k: Any) -> None:
        step(sums, room, buffer, k)
        step(sums, room, buffer, k + length)

    return both


@cache
def make_fold(tile: Tile) -> Callable[[Any, Any], None]:
    """Return fold(totals, sums): add the sums to the totals, and begin them again."""
    own_rows, own_columns = tile.own_rows, tile.own_columns

    @device_function
    def fold(totals: Any, sums: Any) -> None:
        for i in range(own_rows):
            for j in range(own_columns):
                totals[i, j] += sums[i, j]
                sums[i, j] = 0

    return fold


@cache
def make_begin(tile: Tile) -> Callable[[Any, Any], None]:
    """Return begin(totals, sums): fill both with zeros."""
    own_rows, own_columns = tile.own_rows, tile.own_columns

    @device_function
    def begin(totals: Any, sums: Any) -> None:
        for i in range(own_rows):
            for j in range(own_columns):
                totals[i, j] = sums[i, j] = 0

    return begin
