"""Sums on the GPU of what blocks have computed apart, and of planes.

They are in float64 also where the arrays are float32: one addition for each number that is read,
which even a GPU with slow float64 does while it waits for the next number.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int64, uint64

from reference.cuda.elementwise import over
from reference.cuda.proof import Proof
from reference.cuda.reductions import WARP, make_block_sum
from reference.cuda.target import IS_SIMULATED, cuda, kernel

DOUBLE = np.dtype(np.float64)
# Fewer blocks than these leave a large GPU half idle.
ENOUGH_BLOCKS = 4 if IS_SIMULATED else 512


def add_parts(out: Any, parts: Any) -> None:
    """Fill out with the sums of parts (parts, size of out) down its columns, on the device."""
    dtypes = np.dtype(out.dtype), np.dtype(parts.dtype)
    over(make_add_parts(*dtypes), out.size)(out.reshape(-1), parts)


def add_planes(out: Any, x: Any) -> None:
    """Fill out (C,) with the sums of x (N, C, H, W) over all its axes but the second."""
    images, channels, height, width = x.shape
    parts = max(1, min(images, ENOUGH_BLOCKS // channels))
    room = cuda.device_array((parts, channels), DOUBLE)
    threads = choose_threads(height * width)
    make_add_planes(np.dtype(x.dtype), threads)[(channels, parts), threads](
        room, x.reshape(-1), images, height * width
    )
    add_parts(out, room)


def choose_threads(numbers: int) -> int:
    """Return how many threads add up so many numbers that lie side by side."""
    return WARP if IS_SIMULATED or numbers < 256 else 256


@cache
def make_add_parts(dtype: np.dtype[Any], dtype_of_parts: np.dtype[Any]) -> Any:
    """Return add_parts[blocks, threads](out, parts)."""
    real = from_dtype(dtype)

    @kernel
    def add_parts(out: Any, parts: Any) -> None:
        for i in range(cuda.grid(1), out.shape[0], cuda.gridsize(1)):
            total = float64(0)
            for k in range(parts.shape[0]):
                total += float64(parts[k, i])
            out[i] = real(total)

    return add_parts


@cache
def make_add_planes(dtype: np.dtype[Any], threads: int) -> Any:
    """Return add_planes[(channels, parts), threads](sums, x, images, pixels)."""
    block_sum = make_block_sum(DOUBLE, threads)

    @kernel
    def add_planes(sums: Any, x: Any, images: Any, pixels: Any) -> None:
        channel, part = int64(cuda.blockIdx.x), int64(cuda.blockIdx.y)
        total = float64(0)
        for n in range(part, images, cuda.gridDim.y):
            first = (n * int64(cuda.gridDim.x) + channel) * pixels
            for p in range(cuda.threadIdx.x, pixels, threads):
                total += float64(x[uint64(first + p)])
        total = block_sum(total)
        if cuda.threadIdx.x == 0:
            sums[part, channel] = total

    return add_planes


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    for real in (float32, float64):
        dtype = np.dtype(str(real))
        for parts in dict.fromkeys((real, float64)):
            add = make_add_parts(dtype, np.dtype(str(parts)))
            yield Proof(f"add parts of {parts}", add, (real[::1], parts[:, ::1]), True)
        for threads in (WARP, 256):
            arguments = float64[:, ::1], real[::1], int64, int64
            add = make_add_planes(dtype, threads)
            yield Proof(f"add planes, {threads} threads", add, arguments, True)
