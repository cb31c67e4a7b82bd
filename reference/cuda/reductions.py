"""Sums and maxima over a block of threads, in an order that is always the same.

A warp exchanges its numbers without memory, by shuffles. Numba's simulator has none: there the
same tree is walked in shared memory. A factory chooses, and returns a device function

    total = block_sum(value)        every thread of the block calls it, and every thread gets it

for blocks of a fixed number of threads, a multiple of 32 up to 1024.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numba import from_dtype

from reference.cuda.target import IS_SIMULATED, cuda, device_function

WARP = 32
ALL_LANES = 0xFFFFFFFF


@cache
def make_block_sum(dtype: np.dtype[Any], threads: int) -> Callable[..., Any]:
    """Return block_sum(value) for a block of so many threads."""

    @device_function
    def add(one: Any, other: Any) -> Any:
        return one + other

    return _make_reduction(add, dtype, threads)


@cache
def make_block_max(dtype: np.dtype[Any], threads: int) -> Callable[..., Any]:
    """Return block_max(value) for a block of so many threads; a NaN among the values wins."""

    @device_function
    def take_larger(one: Any, other: Any) -> Any:
        return one if one > other or one != one else other

    return _make_reduction(take_larger, dtype, threads)


def _make_reduction(merge: Any, dtype: np.dtype[Any], threads: int) -> Callable[..., Any]:
    make = _make_tree if IS_SIMULATED else _make_shuffles
    reduction: Callable[..., Any] = make(merge, from_dtype(dtype), threads)
    return reduction


def _make_shuffles(merge: Any, dtype: Any, threads: int) -> Any:
    warps = threads // WARP

    @device_function
    def reduce_warp(value: Any) -> Any:
        for shift in (16, 8, 4, 2, 1):
            value = merge(value, cuda.shfl_xor_sync(ALL_LANES, value, shift))
        return value

    @device_function
    def reduce_block(value: Any) -> Any:
        room = cuda.shared.array(warps, dtype)
        value = reduce_warp(value)
        cuda.syncthreads()  # what a reduction before left in the room has been read
        if cuda.threadIdx.x % WARP == 0:
            room[cuda.threadIdx.x // WARP] = value
        cuda.syncthreads()
        total = room[0]
        for warp in range(1, warps):
            total = merge(total, room[warp])
        return total

    return reduce_block


def _make_tree(merge: Any, dtype: Any, threads: int) -> Any:
    @device_function
    def reduce_block(value: Any) -> Any:
        room = cuda.shared.array(threads, dtype)
        place = cuda.threadIdx.x
        cuda.syncthreads()
        room[place] = value
        cuda.syncthreads()
        # As the shuffles do it: first within each warp, then one warp after the other.
        for shift in (16, 8, 4, 2, 1):
            other = room[place ^ shift]
            value = merge(value, other)
            cuda.syncthreads()
            room[place] = value
            cuda.syncthreads()
        total = room[0]
        for warp in range(1, threads // WARP):
            total = merge(total, room[warp * WARP])
        return total

    return reduce_block
