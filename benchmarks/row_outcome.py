"""From a row to what was measured of it: the results are compared first, then all are timed."""

from collections.abc import Mapping
from functools import partial

import reference
from benchmarks.agreement import Arrays, arrays_of, find_mismatch, largest_error
from benchmarks.interleaved import Clock, quantile, take_turns
from benchmarks.machine_limits import Limits
from benchmarks.ratio_tables import ALONE, OURS, Measured
from benchmarks.rows import Call, Row, Work


def measure(row: Row, clock: Clock, rounds: int, limits: Limits) -> Measured:
    """Return the outcome of a row; what differs from ours is told, and nothing is timed then."""
    work = row.make()
    mismatches, errors = compare(work)
    samples = {} if mismatches else time_work(work, clock, rounds)
    return Measured(
        row.operation,
        row.shape,
        row.dtype,
        seconds={name: quantile(taken, clock.quantile) for name, taken in samples.items()},
        bars=bars_of(work),
        floor_seconds=limits.floor_seconds(work, row.dtype),
        errors=errors,
        mismatches=mismatches,
        serial=() if work.peer_threads else tuple(work.peers),
        samples=samples,
    )


def bars_of(work: Work) -> dict[str, float]:
    """Return the least ratio to each peer that has one."""
    return {peer: bar for peer in work.peers if (bar := work.bar(peer)) is not None}


def compare(work: Work) -> tuple[dict[str, str], dict[str, float]]:
    """Return in what each peer's result differs from ours, and everybody's largest error."""
    results = {name: arrays_of(call()) for name, call in {OURS: work.ours, **work.peers}.items()}
    differences = {
        peer: find_mismatch(results[OURS], results[peer], work.tolerance) for peer in work.peers
    }
    mismatches = {peer: what for peer, what in differences.items() if what}
    return mismatches, {} if mismatches else _errors(work, results)


def _errors(work: Work, results: Mapping[str, Arrays]) -> dict[str, float]:
    if work.truth is None:
        return {}
    truth = arrays_of(work.truth())
    return {name: largest_error(result, truth) for name, result in results.items()}


def time_work(work: Work, clock: Clock, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of ours and of each peer in each round, and of ours with one thread."""
    threads = reference.get_num_threads()
    calls: dict[str, Call] = {OURS: work.ours, **work.peers}
    if threads == 1:
        return take_turns(calls, {}, rounds, clock)
    calls[ALONE] = work.ours
    before = {
        OURS: partial(reference.set_num_threads, threads),
        ALONE: partial(reference.set_num_threads, 1),
    }
    try:
        return take_turns(calls, before, rounds, clock)
    finally:
        reference.set_num_threads(threads)
