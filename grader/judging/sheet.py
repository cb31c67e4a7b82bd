"""Judges of a sheet of answers. What the right answer is never leaves this module."""

from collections.abc import Sequence
from typing import Any

from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.judging.judge import RIGHT, Judgement

NOT_IT = "this is not the answer"
PART_OF_IT = "part of this is right"


class SheetJudge:
    """Compares with the key; of several choices, each right one counts, each wrong one against."""

    def __init__(self, exercise: Exercise) -> None:
        self.tolerance = exercise.tolerance["float64"]

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        """Return right, or how much of it is."""
        expected = solved.expected
        question = f"question {solved.case.inputs['question']}"
        if isinstance(expected, list):
            share = _share(actual, expected)
            told = PART_OF_IT if 0 < share < 1 else NOT_IT
            return RIGHT if share == 1 else Judgement(False, "answer", f"{question}: {told}", share)
        right = actual == expected if isinstance(expected, str) else self._near(actual, expected)
        return RIGHT if right is True else Judgement(False, "answer", f"{question}: {NOT_IT}")

    def _near(self, actual: Any, expected: float) -> bool:
        if isinstance(actual, bool) or not isinstance(actual, int | float):
            return False
        allowed = self.tolerance.absolute + self.tolerance.relative * abs(expected)
        return abs(actual - expected) <= allowed

    def alike(self, solved: SolvedCase, actual: Any, other: Any) -> bool:
        """Return whether two answers count alike."""
        return self.judge(solved, actual) == self.judge(solved, other)


class FormJudge:
    """Judges the form alone, which the reader of the sheet has seen to: the key is not here."""

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        """Return that it is well formed."""
        return RIGHT

    def alike(self, solved: SolvedCase, actual: Any, other: Any) -> bool:
        """Return whether the answers are equal."""
        return bool(actual == other)


def _share(actual: Any, expected: Sequence[str]) -> float:
    """Return how much of a choice of several is right: 1 for all, and none that is wrong."""
    chosen = {c for c in actual if isinstance(c, str)} if isinstance(actual, list) else set()
    hits, misses = len(chosen & set(expected)), len(chosen - set(expected))
    return max(0.0, (hits - misses) / len(expected))
