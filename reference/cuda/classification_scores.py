"""Scores of a classifier on the GPU: what is counted without a confusion matrix.

Each thread counts what it reads, each block adds up its threads' counts, and the blocks add theirs
to the result, atomically: of integers the order does not matter.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import int64

from reference.arguments import IntegerArray
from reference.cuda.proof import Proof
from reference.cuda.reductions import make_block_sum
from reference.cuda.staging import Stage
from reference.cuda.target import IS_SIMULATED, cuda, kernel

THREADS, BLOCKS = (32, 2) if IS_SIMULATED else (256, 1024)


def accuracy(out: IntegerArray, y_true: IntegerArray, y_pred: IntegerArray) -> bool:
    """Fill out (1,) with how many of the predictions are right; return whether none is negative."""
    counts = np.zeros(2, np.int64)
    if y_true.size:
        blocks = min(-(-y_true.size // THREADS), BLOCKS)
        with Stage() as stage:
            arrays = stage.update(counts), stage.read(y_true), stage.read(y_pred)
            make_count(THREADS)[blocks, THREADS](*arrays)
    out[0], negative = counts
    return not negative


@cache
def make_count(threads: int) -> Any:
    """Return a kernel that adds to counts (2,): right predictions, samples with negative labels."""
    block_sum = make_block_sum(np.dtype(np.int64), threads)

    @kernel
    def count(counts: Any, y_true: Any, y_pred: Any) -> None:
        right, negative = int64(0), int64(0)
        for n in range(cuda.grid(1), y_true.shape[0], cuda.gridsize(1)):
            t, p = y_true[n], y_pred[n]
            right += int64(t == p)
            negative += int64((t | p) < 0)
        right, negative = block_sum(right), block_sum(negative)
        if cuda.threadIdx.x == 0:
            cuda.atomic.add(counts, 0, right)
            cuda.atomic.add(counts, 1, negative)

    return count


def proofs() -> Iterator[Proof]:
    """Yield the kernel that is launched here."""
    yield Proof("accuracy", make_count(THREADS), (int64[::1], int64[::1], int64[::1]))
