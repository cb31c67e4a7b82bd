"""Calls timed in turns, in one process, so that a busy minute hits all of them alike.

Every call takes its turn once a round, and each second round runs backwards, so that nobody always
follows the same neighbour. A quick call is repeated within its turn, after one that is not timed,
in which threads start and caches fill.
"""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.rows import Call

LEAST_ROUNDS = 3
SECONDS_OF_A_ROW = 8.0


@dataclass(frozen=True)
class Clock:
    """How turns are timed, and which of the samples speaks for them."""

    read: Callable[[], float]
    quantile: float
    pause_seconds: float
    turn_seconds: float  # how long a turn lasts at least: quick calls are repeated
    name: str


# With one thread the thread's own CPU time: what else runs on the machine takes none of it. With
# more only the wall clock counts all. A pause lets one pool's threads stop spinning before the next
# begins (GNU's spin for 5 ms); a turn is long, since a core that has slept takes milliseconds to
# come; and the 20th percentile leaves out the turns that others disturbed.
CPU_TIME = Clock(time.thread_time, 0.5, 0.0, 0.002, "thread CPU time, median")
WALL_CLOCK = Clock(time.perf_counter, 0.2, 0.01, 0.02, "wall clock, 20th percentile")


def clock_for(threads: int) -> Clock:
    """Return how a run with so many threads is timed."""
    return CPU_TIME if threads == 1 else WALL_CLOCK


def take_turns(
    calls: Mapping[str, Call], before: Mapping[str, Call], rounds: int, clock: Clock
) -> dict[str, list[float]]:
    """Return the seconds of each call in each round; `before` is done untimed ahead of its turn."""
    once = {name: _time(calls[name], before.get(name, _nothing), 1, clock) for name in calls}
    repeats = {name: repeats_of(seconds, clock) for name, seconds in once.items()}
    rounds = rounds_within(sum(once[name] * repeats[name] for name in calls), rounds)
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    gc.disable()
    try:
        for number in range(rounds):
            for name in order_of(list(calls), number):
                prepare = before.get(name, _nothing)
                seconds[name].append(_time(calls[name], prepare, repeats[name], clock))
    finally:
        gc.enable()
    return seconds


def order_of(names: Sequence[str], number: int) -> list[str]:
    """Return whose turn it is, one after another, in a round."""
    return list(names) if number % 2 == 0 else list(reversed(names))


def repeats_of(seconds: float, clock: Clock) -> int:
    """Return how often a call of so many seconds runs in one turn."""
    return max(1, int(clock.turn_seconds / max(seconds, 1e-9)))


def rounds_within(seconds: float, wanted: int) -> int:
    """Return how many rounds of so many seconds are run: fewer than wanted where it takes long."""
    affordable = int(SECONDS_OF_A_ROW / max(seconds, 1e-9))
    return max(min(wanted, LEAST_ROUNDS), min(wanted, affordable))


def quantile(samples: Sequence[float], share: float) -> float:
    """Return the sample below which that share of them lies."""
    return sorted(samples)[min(int(len(samples) * share), len(samples) - 1)]


def _time(call: Call, prepare: Call, repeats: int, clock: Clock) -> float:
    time.sleep(clock.pause_seconds)
    prepare()
    if repeats > 1:
        call()
    began = clock.read()
    for _ in range(repeats):
        call()
    return (clock.read() - began) / repeats


def _nothing() -> None:
    return
