"""Ranking on the GPU: the scores of each label are sorted; then each positive looks itself up.

CuPy sorts them on the device, where it is installed (the extra gpu-sort); else NumPy does it on the
host, as for backend="cpu". A thread takes a positive and finds its place among the sorted negatives
by halving: how many are below and how many not above. Neighbours search in nearly the same places,
so that most of what they read is in a cache. The pairs in order are counted in integers.

The thresholds of the curves are counted on the host, by the kernel of the CPU: a walk through both
arrays, whose result goes back to NumPy in any case.
"""

import math
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numba import float32, float64, int64
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu import ranking as on_host
from reference.cuda.device_array import DeviceArray
from reference.cuda.proof import Proof
from reference.cuda.reductions import make_block_sum
from reference.cuda.staging import Stage
from reference.cuda.target import IS_SIMULATED, cuda, device_function, kernel

THREADS, BLOCKS = (32, 2) if IS_SIMULATED else (256, 1024)


def sort_by_label(y_true: IntegerArray, scores: FloatArray) -> tuple[FloatArray, FloatArray] | None:
    """Return the scores of the positives and of the negatives, each ascending.

    On the device where CuPy sorts them. None if a label is neither 0 nor 1 or a score is NaN.
    """
    if IS_SIMULATED or find_spec("cupy") is None:
        return on_host.sort_by_label(_copy_to_host(y_true), _copy_to_host(scores))
    return sort_with(import_module("cupy"), y_true, scores)


def sort_with(
    library: Any, y_true: IntegerArray, scores: FloatArray
) -> tuple[FloatArray, FloatArray] | None:
    """Return what sort_by_label does, of CuPy or of another library that looks like NumPy."""
    labels, numbers = library.asarray(y_true), library.asarray(scores)
    if bool(((labels < 0) | (labels > 1) | library.isnan(numbers)).any()):
        return None
    is_positive = labels == 1
    return library.sort(numbers[is_positive]), library.sort(numbers[~is_positive])


def roc_auc(out: IntegerArray, positives: FloatArray, negatives: FloatArray) -> None:
    """Fill out (1,) with the pairs (positive, negative) in the right order, twice; ties once."""
    out[0] = 0
    with Stage() as stage:
        count_pairs(stage.update(out), stage.read(positives), stage.read(negatives))


def count_pairs(out: Any, positives: Any, negatives: Any) -> None:
    """Add to out (1,), for each positive, the negatives below it and those not above it."""
    make_pairs(THREADS)[_count_blocks(positives), THREADS](out, positives, negatives)


def average_precision(
    out: NDArray[np.float64], positives: FloatArray, negatives: FloatArray
) -> None:
    """Fill out (1,) with the sum of the precisions at the positives."""
    sums = np.empty(_count_blocks(positives))
    with Stage() as stage:
        arrays = stage.write(sums), stage.read(positives), stage.read(negatives)
        make_precisions(THREADS)[len(sums), THREADS](*arrays)
    out[0] = math.fsum(sums)


def count_at_thresholds(
    tps: IntegerArray,
    fps: IntegerArray,
    thresholds: FloatArray,
    positives: FloatArray,
    negatives: FloatArray,
) -> int:
    """Fill the first places of the arrays (N,), highest threshold first; return how many."""
    parts = (_copy_to_host(part) for part in (positives, negatives))
    return int(on_host.count_at_thresholds(tps, fps, thresholds, *parts))


def _copy_to_host(array: Any) -> Any:
    """Return what lies on the device, a DeviceArray or CuPy's, as a NumPy array."""
    if isinstance(array, np.ndarray):
        return array
    return array.copy_to_host() if isinstance(array, DeviceArray) else array.get()


def _count_blocks(positives: FloatArray) -> int:
    return min(-(-positives.size // THREADS), BLOCKS)


@device_function
def count_below(score: Any, ascending: Any) -> Any:
    """Return how many of the sorted numbers are below a score."""
    start, end = int64(0), int64(ascending.shape[0])
    while start < end:
        middle = (start + end) >> 1
        if ascending[middle] < score:
            start = middle + 1
        else:
            end = middle
    return start


@device_function
def count_up_to(score: Any, ascending: Any) -> Any:
    """Return how many of the sorted numbers are a score or below it."""
    start, end = int64(0), int64(ascending.shape[0])
    while start < end:
        middle = (start + end) >> 1
        if ascending[middle] <= score:
            start = middle + 1
        else:
            end = middle
    return start


@cache
def make_pairs(threads: int) -> Any:
    """Return the kernel of count_pairs."""
    block_sum = make_block_sum(np.dtype(np.int64), threads)

    @kernel
    def add_pairs(out: Any, positives: Any, negatives: Any) -> None:
        total = int64(0)
        for n in range(cuda.grid(1), positives.shape[0], cuda.gridsize(1)):
            score = positives[n]
            total += count_below(score, negatives) + count_up_to(score, negatives)
        total = block_sum(total)
        if cuda.threadIdx.x == 0:
            cuda.atomic.add(out, 0, total)

    return add_pairs


@cache
def make_precisions(threads: int) -> Any:
    """Return a kernel that fills sums (blocks,) with the precisions at the positives.

    In float64 whatever the scores are: a precision is a ratio of counts.
    """
    block_sum = make_block_sum(np.dtype(np.float64), threads)

    @kernel
    def sum_precisions(sums: Any, positives: Any, negatives: Any) -> None:
        total = float64(0)
        for n in range(cuda.grid(1), positives.shape[0], cuda.gridsize(1)):
            score = positives[n]
            tp = positives.shape[0] - count_below(score, positives)
            fp = negatives.shape[0] - count_below(score, negatives)
            total += float64(tp) / float64(tp + fp)
        total = block_sum(total)
        if cuda.threadIdx.x == 0:
            sums[cuda.blockIdx.x] = total

    return sum_precisions


def proofs() -> Iterator[Proof]:
    """Yield every kernel that is launched here."""
    for real in (float32, float64):
        scores = real[::1]
        yield Proof("pairs in order", make_pairs(THREADS), (int64[::1], scores, scores))
        arguments = (float64[::1], scores, scores)
        yield Proof("precisions", make_precisions(THREADS), arguments, adds_in_double=True)
