"""How fast a right answer was, as a ratio: its CPU time over the oracle's on the same inputs.

Both are measured in turns and the best of each counts, so that what else the machine does hits
neither alone. The submission's time is read from outside its process (border/cpu_clock.py); the
first call, in which something may be compiled, does not count.
"""

import math
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

from grader.course import modules
from grader.course.answering import SolvedCase, harness_of, outcome
from grader.course.exercise import Exercise

ROUNDS = 7
PATIENCE = 1.0  # seconds of the submission's CPU time: a call that is long needs no best of many
TIMED_GROUP = "speed"


class Timer:
    """Times one exercise's oracle beside submissions; nothing is loaded before it is needed."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    @cached_property
    def _call(self) -> Callable[[SolvedCase], Any]:
        harness, oracle = harness_of(self.exercise), modules.oracle(self.exercise)
        return lambda solved: outcome(harness, oracle, solved.case)

    def ratio(self, solved: SolvedCase, seconds_of_submission: Callable[[], float]) -> float:
        """Return the least time of the submission over the oracle's; infinite when it ends."""
        theirs, ours, spent = math.inf, math.inf, 0.0
        self._call(solved)
        seconds_of_submission()
        for _ in range(ROUNDS):
            seconds = seconds_of_submission()
            theirs, spent = min(theirs, seconds), spent + seconds
            began = time.process_time()
            self._call(solved)
            ours = min(ours, time.process_time() - began)
            if spent > PATIENCE:
                break
        return theirs / ours

    def share(self, ratio: float) -> float:
        """Return the share of the points for a ratio."""
        reached = (share for most, share in self.exercise.thresholds if ratio <= most)
        return max(reached, default=0.0)

    def told(self, ratio: float) -> str:
        """Return what a student is told who does not get all points for it."""
        better = [most for most, share in self.exercise.thresholds if share > self.share(ratio)]
        times = f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}"
        wanted = f"; at most {max(better):g} times is wanted next" if better else ""
        return f"right, but it takes {times} times the CPU time of the reference{wanted}"


def timer_of(exercise: Exercise) -> Timer | None:
    """Return the timer of an exercise that is timed."""
    return Timer(exercise) if exercise.kind == "timed" else None
