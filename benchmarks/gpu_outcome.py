"""From a row of the GPU to what was measured of it: results are compared first, then timed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median
from types import MappingProxyType
from typing import Any

from benchmarks.agreement import arrays_of, find_mismatch
from benchmarks.gpu_rows import COPY, Arrays, Call, GpuRow, Work
from benchmarks.gpu_timing import load_torch, time_calls, to_host, to_tensor
from benchmarks.ratio_tables import OURS, Measured
from reference.cuda.target import cuda

PYTORCH = "PyTorch"
CPU = "backend cpu"


@dataclass(frozen=True)
class Calls:
    """What a row does, on arrays of its own: ours fills the outputs."""

    outputs: tuple[Any, ...]
    by_name: dict[str, Call]


def make_calls(work: Work) -> Calls:
    """Return the calls of a row; PyTorch's reads the same inputs, but has outputs of its own."""
    outputs = tuple(cuda.to_device(array) for array in work.outputs)
    inputs = tuple(cuda.to_device(array) for array in work.inputs)
    by_name: dict[str, Call] = {OURS: partial(work.ours, outputs, inputs)}
    torch = load_torch()
    if torch is not None:
        stepped = [to_tensor(torch, cuda.to_device(array)) for array in work.outputs]
        read = [to_tensor(torch, array) for array in inputs]
        by_name[PYTORCH] = work.torch(stepped, read)
    return Calls(outputs, by_name)


def compare(work: Work, calls: Calls) -> dict[str, str]:
    """Return in what the CPU's result and PyTorch's differ from ours."""
    calls.by_name[OURS]()
    ours = tuple(array.copy_to_host() for array in calls.outputs)
    others = {CPU: arrays_of(work.expected())}
    if PYTORCH in calls.by_name:
        others[PYTORCH] = to_host(calls.by_name[PYTORCH]())
    found = {name: find_difference(ours, other, work.tolerance) for name, other in others.items()}
    return {name: what for name, what in found.items() if what}


def find_difference(ours: Arrays, others: tuple[Any, ...], tolerance: float) -> str | None:
    """Return what differs; None stands for an array that the other does not return."""
    pairs = [pair for pair in zip(ours, others, strict=True) if pair[1] is not None]
    actual, expected = zip(*pairs, strict=True)
    return find_mismatch(actual, expected, tolerance)


def measure(
    row: GpuRow, count_copies: Callable[[int], int], rounds: int, bandwidth: float
) -> Measured:
    """Return the outcome of a row; where a result differs it is told, and nothing is timed."""
    work = row.make()
    first = make_calls(work)
    mismatches = compare(work, first)
    if mismatches:
        return _outcome(row, work, mismatches=mismatches)
    others = [make_calls(work) for _ in range(count_copies(work.footprint) - 1)]
    samples = {
        name: time_calls([calls.by_name[name] for calls in (first, *others)], rounds, work.waits)
        for name in first.by_name
    }
    return _outcome(row, work, samples, work.bytes / bandwidth)


def check(row: GpuRow) -> Measured:
    """Return the outcome of a row that is only compared."""
    work = row.make()
    return _outcome(row, work, mismatches=compare(work, make_calls(work)))


def _outcome(
    row: GpuRow,
    work: Work,
    samples: Mapping[str, list[float]] = MappingProxyType({}),
    copy_seconds: float = 0.0,
    mismatches: Mapping[str, str] = MappingProxyType({}),
) -> Measured:
    seconds = {name: median(taken) for name, taken in samples.items()}
    if copy_seconds:
        seconds[COPY] = copy_seconds
    bars = {peer: bar for peer, bar in work.bars.items() if peer in seconds}
    return Measured(
        *(row.operation, row.shape, work.dtype, seconds, bars),
        mismatches=dict(mismatches),
        samples=dict(samples),
    )
