"""A tile of a product of matrices, which a block of threads adds up in its registers.

The block walks along the inner axis. At each step it brings `depth` columns of its rows of a and
`depth` rows of its columns of b into shared memory; then each thread reads `high` numbers of the
one and `wide` of the other, and adds their high * wide products up. So a number from the device's
memory is used by a whole row or column of the tile, and one from shared memory `wide` or `high`
times.

A thread's rows lie four by four side by side, and its columns too. The arrays in shared memory are
aligned, and a row of them has a multiple of four places: so the compiler sees that it can read four
numbers with one instruction.

b may have several parts, one above the other: the gates of a recurrent cell. A thread has the same
place of each, so that it can finish the cell's state alone.

At the edges zeros stand for what is missing in both, so that no infinity meets them.
"""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numba import from_dtype

from reference.cuda.target import IS_SIMULATED, cuda, device_function

VECTOR = 4  # neighbours that a thread reads at once
PADDING = 4  # places of a row in shared memory, so that a column of it lies in different banks
ALIGNMENT = 16  # bytes
ENOUGH = 128  # blocks to keep a GPU busy


class Tile(NamedTuple):
    """What a block computes: rows * columns, each of its threads high * wide of it.

    All are powers of 2. Each thread brings as many numbers as any other, of the rows * depth and of
    the columns * depth of a step.
    """

    rows: int
    columns: int
    depth: int
    high: int
    wide: int

    @property
    def across(self) -> int:
        """The threads side by side."""
        return self.columns // self.wide

    @property
    def threads(self) -> int:
        """The threads of a block."""
        return self.rows // self.high * self.across

    def count_blocks(self, rows: int, columns: int) -> tuple[int, int]:
        """Return the grid for a result of so many rows and columns."""
        return -(-rows // self.rows), -(-columns // self.columns)


SMALL = Tile(rows=32, columns=32, depth=16, high=2, wide=4)
LARGE = Tile(rows=128, columns=128, depth=8, high=8, wide=8)
OF_DOUBLE = Tile(rows=64, columns=64, depth=8, high=4, wide=4)
SIMULATED = Tile(rows=16, columns=8, depth=4, high=8, wide=2)


def list_tiles(dtype: np.dtype[Any]) -> tuple[Tile, ...]:
    """Return the tiles to choose from, small ones first."""
    if IS_SIMULATED:
        return (SIMULATED,)
    return (SMALL, LARGE) if dtype == np.float32 else (OF_DOUBLE,)


def choose_tile(tiles: tuple[Tile, ...], rows: int, columns: int) -> Tile:
    """Return the largest tile of which there are enough to keep the GPU busy, or the first."""
    chosen, *larger = tiles
    for tile in larger:
        down, across = tile.count_blocks(rows, columns)
        if down * across >= ENOUGH:
            chosen = tile
    return chosen


@cache
def make_places(tile: Tile) -> tuple[Any, Any]:
    """Return row_of(i) and column_of(j): where a thread's numbers lie in the tile."""
    shift, mask = tile.across.bit_length() - 1, tile.across - 1
    group_high, group_wide = min(VECTOR, tile.high), min(VECTOR, tile.wide)
    next_high = tile.rows // (tile.high // group_high)
    next_wide = tile.columns // (tile.wide // group_wide)

    @device_function
    def row_of(i: Any) -> Any:
        first = (cuda.threadIdx.x >> shift) * group_high
        return i // group_high * next_high + first + i % group_high

    @device_function
    def column_of(j: Any) -> Any:
        first = (cuda.threadIdx.x & mask) * group_wide
        return j // group_wide * next_wide + first + j % group_wide

    return row_of, column_of


@cache
def make_clear(dtype: np.dtype[Any], tile: Tile, slots: int) -> Any:
    """Return clear(total): zeros in all slots of the sums (slots, high, wide) of a thread."""
    zero, high, wide = from_dtype(dtype)(0), tile.high, tile.wide

    @device_function
    def clear(total: Any) -> None:
        for slot in range(slots):
            for i in range(high):
                for j in range(wide):
                    total[slot, i, j] = zero

    return clear


@cache
def make_load_a(dtype: np.dtype[Any], tile: Tile, is_turned: bool) -> Any:
    """Return load(room, a, k, end): room[d, r] = a[row + r, k + d], turned a[k + d, row + r]."""
    zero = from_dtype(dtype)(0)
    rows, depth, threads = tile.rows, tile.depth, tile.threads
    loads = rows * depth // threads

    @device_function
    def load(room: Any, a: Any, k: Any, end: Any) -> None:
        row = cuda.blockIdx.x * rows
        for n in range(loads):
            place = cuda.threadIdx.x + n * threads
            r, d = place // depth, place % depth
            inside = row + r < a.shape[0] and k + d < end
            room[d, r] = a[row + r, k + d] if inside else zero

    @device_function
    def load_turned(room: Any, a: Any, k: Any, end: Any) -> None:
        row = cuda.blockIdx.x * rows
        for n in range(loads):
            place = cuda.threadIdx.x + n * threads
            r, d = place % rows, place // rows
            inside = row + r < a.shape[1] and k + d < end
            room[d, r] = a[k + d, row + r] if inside else zero

    return load_turned if is_turned else load


@cache
def make_load_b(dtype: np.dtype[Any], tile: Tile, is_turned: bool) -> Any:
    """Return load(room, first, b, columns, part, k, end).

    room[d, first + c] = b[k + d, column + c]; turned b[part * columns + column + c, k + d].
    """
    zero = from_dtype(dtype)(0)
    width, depth, threads = tile.columns, tile.depth, tile.threads
    loads = width * depth // threads

    @device_function
    def load(room: Any, first: Any, b: Any, columns: Any, part: Any, k: Any, end: Any) -> None:
        column = cuda.blockIdx.y * width
        for n in range(loads):
            place = cuda.threadIdx.x + n * threads
            c, d = place % width, place // width
            inside = column + c < columns and k + d < end
            room[d, first + c] = b[k + d, column + c] if inside else zero

    @device_function
    def load_turned(
        room: Any, first: Any, b: Any, columns: Any, part: Any, k: Any, end: Any
    ) -> None:
        column = cuda.blockIdx.y * width
        for n in range(loads):
            place = cuda.threadIdx.x + n * threads
            c, d = place // depth, place % depth
            inside = column + c < columns and k + d < end
            room[d, first + c] = b[part * columns + column + c, k + d] if inside else zero

    return load_turned if is_turned else load


@cache
def make_add_product(
    dtype: np.dtype[Any],
    tile: Tile,
    *,
    a_is_turned: bool = False,
    b_is_turned: bool = False,
    parts: int = 1,
    first_part: int = 0,
    first_slot: int = 0,
) -> Any:
    """Return add_product(total, a, b, columns, start, end): total += a[:, start:end] @ b[...].

    total (slots, high, wide) are the thread's sums; the product with part first_part + p of b goes
    to slot first_slot + p. A part of b has so many columns.
    """
    load_a = make_load_a(dtype, tile, a_is_turned)
    load_b = make_load_b(dtype, tile, b_is_turned)
    row_of, column_of = make_places(tile)
    depth, high, wide, width = tile.depth, tile.high, tile.wide, tile.columns
    real, alignment = from_dtype(dtype), ALIGNMENT
    shape_a, shape_b = (depth, tile.rows + PADDING), (depth, width * parts + PADDING)

    @device_function
    def add_product(total: Any, a: Any, b: Any, columns: Any, start: Any, end: Any) -> None:
        room_a = cuda.shared.array(shape_a, real, alignment)
        room_b = cuda.shared.array(shape_b, real, alignment)
        for k in range(start, end, depth):
            load_a(room_a, a, k, end)
            for part in range(parts):
                load_b(room_b, part * width, b, columns, first_part + part, k, end)
            cuda.syncthreads()
            for d in range(depth):
                for part in range(parts):
                    for i in range(high):
                        for j in range(wide):
                            product = room_a[d, row_of(i)] * room_b[d, part * width + column_of(j)]
                            total[first_slot + part, i, j] += product
            cuda.syncthreads()

    return add_product
