"""Metrics on the GPU: a table of counts for each block, added up at the end.

The labels are read once. A block counts what it reads in shared memory, in 32-bit integers, and
adds what it found to the result. Where there are few classes, threads of a warp would wait for each
other at the same cell: so a cell has up to 32 counters side by side, which lie in different banks,
and each lane has its own. Of too many classes for shared memory all threads add to the result at
once.

Integers are added atomically: their sum does not depend on the order.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import int32, int64

from reference.arguments import IntegerArray
from reference.cuda.proof import Proof
from reference.cuda.reductions import make_block_max
from reference.cuda.staging import Stage
from reference.cuda.target import IS_SIMULATED, cuda, kernel

LANES = 32
# Threads, counters and blocks: of few classes, so that a multiprocessor holds eight blocks; and of
# a hundred, where it holds as many threads with all the memory that a block may have.
SHAPES = ((32, 128, 4), (64, 512, 2)) if IS_SIMULATED else ((256, 4096, 1024), (1024, 12288, 256))
THREADS, _, BLOCKS = SHAPES[0]
SAMPLES = 2 if IS_SIMULATED else 16  # for each thread, before another block is worth its table
# As an unsigned number a negative label is larger than any other. The GPU compares signed ones:
# with the first bit turned they have the order that the unsigned ones had.
FIRST_BIT = np.iinfo(np.int64).min


def confusion_matrix(out: IntegerArray, y_true: IntegerArray, y_pred: IntegerArray) -> bool:
    """Add each sample to out (K, K), in the row of its target; return whether all are in range."""
    if y_true.size == 0:
        return True
    outside = np.zeros(1, np.int32)
    with Stage() as stage:
        count(stage.update(out), stage.update(outside), stage.read(y_true), stage.read(y_pred))
    return not outside[0]


def count(out: Any, outside: Any, y_true: Any, y_pred: Any) -> None:
    """Add each sample to out (K, K) and set outside (1,) if one is out of range, on the device."""
    cells, arrays = len(out) ** 2, (out, outside, y_true, y_pred)
    for threads, room, most in SHAPES:
        if cells <= room:
            copies = min(LANES, 1 << ((room // cells).bit_length() - 1))
            blocks = _count_blocks(len(y_true), threads * SAMPLES, most)
            make_table(threads, room)[blocks, threads](*arrays, np.int32(copies))
            return
    blocks = _count_blocks(len(y_true), THREADS * SAMPLES, BLOCKS)
    count_at_once[blocks, THREADS](*arrays)


def confusion_matrix_largest_label(y_true: IntegerArray, y_pred: IntegerArray) -> np.uint64:
    """Return the largest label of all; a negative one counts as larger than any other."""
    largest = np.full(1, FIRST_BIT)
    if y_true.size:
        with Stage() as stage:
            blocks = _count_blocks(y_true.size, THREADS * SAMPLES, BLOCKS)
            arrays = stage.update(largest), stage.read(y_true), stage.read(y_pred)
            make_largest(THREADS)[blocks, THREADS](*arrays)
    return np.uint64((largest ^ FIRST_BIT).view(np.uint64)[0])


def _count_blocks(size: int, block: int, most: int) -> int:
    return min(-(-size // block), most)


@cache
def make_table(threads: int, room: int) -> Any:
    """Return a kernel that counts in tables of so many counters: copies of all cells."""

    @kernel
    def count_in_table(out: Any, outside: Any, y_true: Any, y_pred: Any, copies: Any) -> None:
        table = cuda.shared.array(room, int32)
        thread, classes = int32(cuda.threadIdx.x), int32(out.shape[0])
        cells = classes * classes
        for place in range(thread, cells * copies, threads):
            table[place] = 0
        cuda.syncthreads()
        own = thread % copies
        for n in range(cuda.grid(1), y_true.shape[0], cuda.gridsize(1)):
            t, p = y_true[n], y_pred[n]
            if t < 0 or t >= classes or p < 0 or p >= classes:
                outside[0] = 1
            else:
                cell = int32(t) * classes + int32(p)
                cuda.atomic.add(table, cell * copies + own, 1)
        cuda.syncthreads()
        for cell in range(thread, cells, threads):
            total = int64(0)
            for copy in range(copies):
                total += table[cell * copies + copy]
            if total > 0:
                row = int32(cell) // classes
                cuda.atomic.add(out, (row, cell - row * classes), total)

    return count_in_table


@kernel
def count_at_once(out: Any, outside: Any, y_true: Any, y_pred: Any) -> None:
    """Add each sample to out (K, K) in global memory."""
    classes = out.shape[0]
    for n in range(cuda.grid(1), y_true.shape[0], cuda.gridsize(1)):
        t, p = y_true[n], y_pred[n]
        if t < 0 or t >= classes or p < 0 or p >= classes:
            outside[0] = 1
        else:
            cuda.atomic.add(out, (t, p), 1)


@cache
def make_largest(threads: int) -> Any:
    """Return a kernel that finds the largest label, its first bit turned."""
    block_max = make_block_max(np.dtype(np.int64), threads)
    first_bit = int(FIRST_BIT)

    @kernel
    def find_largest(largest: Any, y_true: Any, y_pred: Any) -> None:
        found = int64(first_bit)
        for n in range(cuda.grid(1), y_true.shape[0], cuda.gridsize(1)):
            t, p = y_true[n] ^ int64(first_bit), y_pred[n] ^ int64(first_bit)
            found = t if t > found else found
            found = p if p > found else found
        found = block_max(found)
        if cuda.threadIdx.x == 0:
            cuda.atomic.max(largest, 0, found)

    return find_largest


def proofs() -> Iterator[Proof]:
    """Yield every kernel that is launched here."""
    labels, matrix, flag = int64[::1], int64[:, ::1], int32[::1]
    for threads, room, _ in SHAPES:
        arguments = (matrix, flag, labels, labels, int32)
        yield Proof(f"confusion, {room} counters", make_table(threads, room), arguments)
    yield Proof("confusion, many classes", count_at_once, (matrix, flag, labels, labels))
    yield Proof("largest label", make_largest(THREADS), (labels, labels, labels))
