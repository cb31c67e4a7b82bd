"""What is asked of the elements of a device array: are they in range, what is their sum.

The arrays stay where they are; only the answer, a few numbers, comes to the host. And what NumPy
does in a line: to fill, to scale, to turn round. Arrays have one axis here.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, int8, int64

from reference.cuda.elementwise import THREADS, as_real, over
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


def scale(out: Any, values: Any, factor: float) -> None:
    """Fill out, whose dtype may be another, with values times the factor."""
    with Stage() as stage:
        arrays = stage.write(out), stage.read(values)
        over(make_scaling(), out.size)(*arrays, *as_real(values.dtype, factor))


def turn_planes(out: Any, values: Any, size: int) -> None:
    """Fill out with the planes of values, of so many elements each, from last to first."""
    with Stage() as stage:
        over(make_turn(), out.size)(stage.write(out), stage.read(values), np.int64(size))


def turn_matrices(out: Any, values: Any, rows: int, columns: int) -> None:
    """Fill out with the matrices of values, of so many rows and columns, each transposed."""
    with Stage() as stage:
        arrays = stage.write(out), stage.read(values)
        over(make_transposition(), out.size)(*arrays, np.int64(rows), np.int64(columns))


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


@cache
def make_scaling() -> Any:
    """Return scale(out, values, factor)."""

    @kernel
    def scale(out: Any, values: Any, factor: Any) -> None:
        i = cuda.grid(1)
        if i < out.shape[0]:
            out[i] = values[i] * factor

    return scale


@cache
def make_turn() -> Any:
    """Return turn(out, values, size)."""

    @kernel
    def turn(out: Any, values: Any, size: Any) -> None:
        i = cuda.grid(1)
        if i < out.shape[0]:
            place = i % size
            out[i] = values[i - place + (size - 1 - place)]

    return turn


@cache
def make_transposition() -> Any:
    """Return transpose(out, values, rows, columns)."""

    @kernel
    def transpose(out: Any, values: Any, rows: Any, columns: Any) -> None:
        i = cuda.grid(1)
        if i < out.shape[0]:
            place = i % (rows * columns)
            row, column = place % rows, place // rows
            out[i] = values[i - place + row * columns + column]

    return transpose


def proofs() -> Iterator[Proof]:
    """Yield every kernel that is launched here."""
    for number in (float32, float64, int64):
        array = number[::1]
        yield Proof("find outside", make_search(), (int64[::1], array, number, number))
        yield Proof("fill", make_filling(), (array, number))
    for real in (float32, float64):
        yield Proof("sums", make_sums(np.dtype(real.name), THREADS), (real[::1], real[::1]))
        yield Proof("scale", make_scaling(), (real[::1], real[::1], real))
        yield Proof("turn", make_turn(), (real[::1], real[::1], int64))
        yield Proof("transpose", make_transposition(), (real[::1], real[::1], int64, int64))
    for name, to, of in (("widen", float64, float32), ("narrow", float32, float64)):
        yield Proof(name, make_scaling(), (to[::1], of[::1], of), adds_in_double=True)
    yield Proof("replace", make_replacement(), (int64[::1], int8[::1], int64))
