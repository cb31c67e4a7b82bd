"""Kernels that compute each element by itself.

They do next to nothing with what they read, so that a GPU is as fast as its memory. Two things
count: neighbours among the threads read neighbours in memory, and many bytes are asked for before
the first arrive. A thread with one number to read and 2047 others beside it asks for too few: so a
thread reads four numbers before it computes the first.

    map_one(out, x, number)        out[i] = function(x[i], number)
    map_two(out, a, b, number)     out[i] = function(a[i], b[i], number)

Kernels that read more, or take longer to compute, have one element in each thread, below

    i = cuda.grid(1)
    if i < out.shape[0]:

A loop over elements that are a grid apart would begin with a division of 64-bit integers, to learn
how often it runs, which takes longer than an activation; and a grid has room for more threads than
a GPU has bytes. Kernels with constants in them are made by a factory, for one dtype: else the
constants would be float64, and with them all that is computed.
"""

from functools import cache
from typing import Any

import numpy as np
from numba import from_dtype

from reference.cuda.target import IS_SIMULATED, cuda, kernel

THREADS = 32 if IS_SIMULATED else 256
# How many elements a thread of map_one and map_two computes, THREADS apart.
EACH = 4


def over(kernel: Any, size: int) -> Any:
    """Return the kernel with a thread for each element of an array of that size."""
    return kernel[max(1, -(-size // THREADS)), THREADS]


def over_fours(kernel: Any, size: int) -> Any:
    """Return a kernel of make_map_one or make_map_two, launched for an array of that size."""
    return over(kernel, -(-size // EACH))


def as_real(dtype: np.dtype[Any], *numbers: float) -> tuple[Any, ...]:
    """Return numbers as arguments of a kernel that computes in the dtype.

    A Python float would be an argument of float64, and with it the kernel's arithmetic.
    """
    with np.errstate(over="ignore"):
        return tuple(dtype.type(number) for number in numbers)


@cache
def make_map_one(dtype: np.dtype[Any], function: Any) -> Any:
    """Return map_one(out, x, number) for a device function of (x, number)."""
    real = from_dtype(dtype)

    @kernel
    def map_one(out: Any, x: Any, number: Any) -> None:
        first = cuda.blockIdx.x * (THREADS * EACH) + cuda.threadIdx.x
        held = cuda.local.array(EACH, real)  # registers, once the loops are unrolled
        for j in range(EACH):
            i = first + j * THREADS
            if i < out.shape[0]:
                held[j] = x[i]
        for j in range(EACH):
            i = first + j * THREADS
            if i < out.shape[0]:
                out[i] = function(held[j], number)

    return map_one


@cache
def make_map_two(dtype: np.dtype[Any], function: Any) -> Any:
    """Return map_two(out, a, b, number) for a device function of (a, b, number)."""
    real = from_dtype(dtype)

    @kernel
    def map_two(out: Any, a: Any, b: Any, number: Any) -> None:
        first = cuda.blockIdx.x * (THREADS * EACH) + cuda.threadIdx.x
        held_a = cuda.local.array(EACH, real)
        held_b = cuda.local.array(EACH, real)
        for j in range(EACH):
            i = first + j * THREADS
            if i < out.shape[0]:
                held_a[j] = a[i]
                held_b[j] = b[i]
        for j in range(EACH):
            i = first + j * THREADS
            if i < out.shape[0]:
                out[i] = function(held_a[j], held_b[j], number)

    return map_two
