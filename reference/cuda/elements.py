"""What is asked of the elements of a device array: are they in range, what is their sum.

The arrays stay where they are; only the answer, a few numbers, comes to the host. Arrays have one
axis here.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, int8, int64

from reference.cuda.elementwise import THREADS, over
from reference.cuda.proof import Proof
from reference.cuda.reductions import make_block_sum
from reference.cuda.staging import Stage
from reference.cuda.target import IS_SIMULATED, cuda, kernel

SUMMING_BLOCKS = 2 if IS_SIMULATED else 1024


def find_outside(values: Any, low: float, high: float) -> int | None:
    """Return the place of the first element below low or above high; NaN is neither."""
    first = np.array([values.size])
    bounds = values.dtype.type(low), values.dtype.type(high)
    with Stage() as stage:
        over(make_search(), values.size)(stage.update(first), stage.read(values), *bounds)
    return int(first[0]) if first[0] < values.size else None


def take_sum(values: Any) -> float:
    """Return the sum: in the dtype within each block, whose sums are added in float64."""
    sums = np.zeros(SUMMING_BLOCKS, values.dtype)
    with Stage() as stage:
        arrays = stage.write(sums), stage.read(values)
        make_sums(values.dtype, THREADS)[SUMMING_BLOCKS, THREADS](*arrays)
    return float(sums.sum(dtype=np.float64))


def replace_where(values: Any, replaced: Any, value: int) -> None:
    """Put value into each plane of values (planes, n) where replaced, of n booleans, is true."""
    with Stage() as stage:
        arrays = stage.update(values.reshape(-1)), stage.read(replaced.astype(np.int8))
        over(make_replacement(), values.size)(*arrays, np.int64(value))


def fill(values: Any, value: float) -> None:
    """Put value everywhere."""
    with Stage() as stage:
        over(make_filling(), values.size)(stage.write(values), values.dtype.type(value))


@cache
def make_search() -> Any:
    """Return search(first, values, low, high), which lowers first[0] to where one is outside."""

    @kernel
    def search(first: Any, values: Any, low: Any, high: Any) -> None:
        i = cuda.grid(1)
        while i < values.shape[0]:
            if values[i] < low or values[i] > high:
                cuda.atomic.min(first, 0, i)  # the smallest is the same in whatever order
            i += cuda.gridsize(1)

    return search


@cache
def make_sums(dtype: np.dtype[Any], threads: int) -> Any:
    """Return add_up(sums, values), which leaves a sum for each block."""
    block_sum = make_block_sum(dtype, threads)
    zero = dtype.type(0)

    @kernel
    def add_up(sums: Any, values: Any) -> None:
        i, total = cuda.grid(1), zero
        while i < values.shape[0]:
            total += values[i]
            i += cuda.gridsize(1)
        total = block_sum(total)
        if cuda.threadIdx.x == 0:
            sums[cuda.blockIdx.x] = total

    return add_up


@cache
def make_replacement() -> Any:
    """Return replace(values, replaced, value)."""

    @kernel
    def replace(values: Any, replaced: Any, value: Any) -> None:
        i = cuda.grid(1)
        while i < values.shape[0]:
            if replaced[i % replaced.shape[0]]:
                values[i] = value
            i += cuda.gridsize(1)

    return replace


@cache
def make_filling() -> Any:
    """Return fill(values, value)."""

    @kernel
    def fill(values: Any, value: Any) -> None:
        i = cuda.grid(1)
        while i < values.shape[0]:
            values[i] = value
            i += cuda.gridsize(1)

    return fill


def proofs() -> Iterator[Proof]:
    """Yield every kernel that is launched here."""
    for number in (float32, float64, int64):
        array = number[::1]
        yield Proof("find outside", make_search(), (int64[::1], array, number, number))
        yield Proof("fill", make_filling(), (array, number))
    for real in (float32, float64):
        yield Proof("sums", make_sums(np.dtype(real.name), THREADS), (real[::1], real[::1]))
    yield Proof("replace", make_replacement(), (int64[::1], int8[::1], int64))
