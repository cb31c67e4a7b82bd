"""Which threads compute which row of a matrix, and how they add what each of them found.

A row is one sample, its numbers are classes. Its threads read neighbouring numbers, then the next
ones, and so on: what a warp reads at a time lies together in memory.

    row, lane, is_mine = find_row(rows)           # lane: the thread's number among those of its row
    for k in range(lane, classes, layout.width):  # the numbers that are this thread's
    total = sum_row(value)                        # all threads of the row get the sum of all

A row of ten classes would leave most of a warp idle, and one of a million classes is too long for
it: a few layouts serve all. What a kernel reads of a row twice should come from a cache the second
time: all rows that a GPU works on at a time fit into it, up to some ten thousand classes.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numba import from_dtype

from reference.cuda.reductions import ALL_LANES
from reference.cuda.target import IS_SIMULATED, cuda, device_function

# The simulator knows no warps, and takes long for each thread: there a few threads pass for one.
WARP = 4 if IS_SIMULATED else 32


class Layout(NamedTuple):
    """How many threads compute a row, and how many a block has; both are powers of 2.

    A row has part of a warp, or several warps, which are then the whole block.
    """

    width: int
    threads: int


# What a GPU runs, and what the proofs compile: for rows of up to 64 classes, up to 2048, and more.
LAYOUTS = (Layout(4, 128), Layout(32, 128), Layout(512, 512))
SIMULATED = (Layout(2, 8), Layout(8, 8))


def choose_layout(classes: int) -> Layout:
    """Return the layout for rows of so many classes."""
    if IS_SIMULATED:
        return SIMULATED[classes > 8]
    return LAYOUTS[(classes > 64) + (classes > 2048)]


def launch(make: Callable[..., Any], dtype: Any, shape: tuple[int, int], *arguments: Any) -> None:
    """Run the kernel make(dtype, layout) on the rows of a matrix of that shape, if it has any."""
    rows, classes = shape
    if rows:
        layout = choose_layout(classes)
        height = layout.threads // layout.width
        make(dtype, layout)[-(-rows // height), layout.threads](*arguments)


@cache
def make_find_row(layout: Layout) -> Any:
    """Return find_row(rows) -> (row, lane, is_mine), for kernels.

    Threads beyond the last row look at the last one too, since a sum needs all threads of a warp;
    but it is not theirs to write.
    """
    width, height = layout.width, layout.threads // layout.width

    @device_function
    def find_row(rows: Any) -> Any:
        row = cuda.blockIdx.x * height + cuda.threadIdx.x // width
        return min(row, rows - 1), cuda.threadIdx.x % width, row < rows

    return find_row


@cache
def make_sum_row(dtype: np.dtype[Any], layout: Layout) -> Any:
    """Return sum_row(value), which every thread of a row calls, for kernels.

    The order of the additions depends on the layout alone, so a sum is the same every time.
    """
    real, warps = from_dtype(dtype), layout.width // WARP
    sum_lanes = _make_sum_lanes(dtype, layout, min(layout.width, WARP))
    if warps < 2:
        return sum_lanes
    sum_warps = _make_sum_lanes(dtype, layout, warps)

    @device_function
    def sum_row(value: Any) -> Any:
        room = cuda.shared.array(warps, real)
        value = sum_lanes(value)
        cuda.syncthreads()  # what a sum before left in the room has been read
        if cuda.threadIdx.x % WARP == 0:
            room[cuda.threadIdx.x // WARP] = value
        cuda.syncthreads()
        return sum_warps(room[cuda.threadIdx.x % warps])

    return sum_row


@cache
def _make_sum_lanes(dtype: np.dtype[Any], layout: Layout, lanes: int) -> Any:
    exchange = _make_exchange(dtype, layout)

    @device_function
    def sum_lanes(value: Any) -> Any:
        # One partner after the other, as far away as 1, 2, 4, ...: all lanes end with one sum.
        shift = 1
        while shift < lanes:
            value += exchange(value, shift)
            shift *= 2
        return value

    return sum_lanes


@cache
def _make_exchange(dtype: np.dtype[Any], layout: Layout) -> Any:
    real, threads = from_dtype(dtype), layout.threads

    @device_function
    def shuffle(value: Any, shift: Any) -> Any:
        return cuda.shfl_xor_sync(ALL_LANES, value, shift)

    @device_function
    def pass_through_memory(value: Any, shift: Any) -> Any:
        room = cuda.shared.array(threads, real)
        cuda.syncthreads()
        room[cuda.threadIdx.x] = value
        cuda.syncthreads()
        return room[cuda.threadIdx.x ^ shift]

    return pass_through_memory if IS_SIMULATED else shuffle
