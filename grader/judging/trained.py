"""The judge of what was trained: how much of held-out data is told right, and whether it learnt.

The harness has the submission train twice, once over the data and then as often as the case says,
and returns for each the probabilities of the classes of held-out data, one row an item. What the
oracle returns in their place are the classes themselves, with the probability 1. A loss is computed
here, from probabilities: nobody's own word on his loss is taken.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.judging.judge import RIGHT, Judgement
from grader.printable import printable

PARTS = ("first", "last")
LEAST = 1e-12  # of a probability, where the logarithm would be infinite
NO_LOSS = 0.01  # of the loss of guessing: from there it need not fall further
ROW_SUM = 1e-3


class TrainedJudge:
    """Gives the share of the points that the exercise's thresholds state."""

    def __init__(self, exercise: Exercise) -> None:
        self.thresholds = sorted(exercise.thresholds)
        self.falling_loss = exercise.falling_loss

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        """Return the share, and what was measured."""
        classes = {part: np.argmax(solved.expected[part], axis=1) for part in PARTS}
        count = np.shape(solved.expected["last"])[1]
        for part in PARTS:
            fault = _fault(actual, part, len(classes[part]), count)
            if fault:
                return Judgement(False, "form", fault)
        first, last = (_loss(actual[part], classes[part]) for part in PARTS)
        falls = last < min(first, np.log(count)) or last < NO_LOSS * np.log(count)
        right = float(np.mean(np.argmax(actual["last"], axis=1) == classes["last"]))
        share = self._share(right) + self.falling_loss * bool(falls)
        if share > 1 - 1e-9:
            return RIGHT
        return Judgement(False, "learning", self._told(right, first, last), round(share, 6))

    def _share(self, right: float) -> float:
        reached = [share for value, share in self.thresholds if right >= value]
        return max(reached, default=0.0)

    def _told(self, right: float, first: float, last: float) -> str:
        better = [value for value, _ in self.thresholds if value > right]
        wanted = f", {better[0]:.0%} are wanted next" if better else ""
        went = "falls" if last < first else "does not fall"
        return (
            f"{right:.1%} of the held-out data are told right{wanted}; the loss on them {went}:"
            f" {first:.3g} after one round, {last:.3g} after all"
        )

    def alike(self, solved: SolvedCase, actual: Any, other: Any) -> bool:
        """Return whether two answers count alike."""
        return self.judge(solved, actual).share == self.judge(solved, other).share


def _loss(probabilities: np.ndarray, classes: np.ndarray) -> float:
    """Return the mean of -log of the probability of the right class."""
    own = np.asarray(probabilities, np.float64)[np.arange(len(classes)), classes]
    return float(np.mean(-np.log(np.maximum(own, LEAST))))


def _fault(actual: Any, part: str, rows: int, count: int) -> str:
    """Return what keeps this from being probabilities, or nothing."""
    came = actual.get(part) if isinstance(actual, Mapping) else None
    if not isinstance(came, np.ndarray) or came.dtype.kind not in "biuf":
        return printable(f"expected an array of probabilities, got {type(came).__name__}")
    if came.shape != (rows, count):
        return f"expected probabilities of the shape {(rows, count)}, got {came.shape}"
    if not np.isfinite(came).all():
        return "a probability is infinite or not a number"
    if (came < 0).any():
        return f"a probability is negative ({came.min():.3g}); are these scores?"
    with np.errstate(over="ignore"):
        sums = came.astype(np.float64).sum(axis=1)
    if np.abs(sums - 1).max(initial=0.0) > ROW_SUM:
        row = int(np.argmax(np.abs(sums - 1)))
        return f"the probabilities of an item add to 1; row {row} adds to {sums[row]:.6g}"
    return ""
