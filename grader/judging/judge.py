"""Judges: from a reply to right or wrong.

The default judge compares arrays with the oracle's. An exercise whose question is another one
brings judge.py with

    judge(inputs, actual, expected) -> None | (fault, message)

where `fault` names the kind of mistake. A judge that raises is a fault of the course, never of the
student.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.course.modules import function
from grader.errors import CourseError
from grader.judging.compare import Rules, compare


@dataclass(frozen=True)
class Judgement:
    """What a judge found: right, or the fault, the message, and what share of it counts."""

    right: bool
    fault: str = ""
    message: str = ""
    share: float = 0.0  # of the points, where it is not right


RIGHT = Judgement(True)


class Judge(Protocol):
    """Judges answers to one exercise."""

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        """Return what is to be said of this answer."""

    def alike(self, solved: SolvedCase, actual: Any, other: Any) -> bool:
        """Return whether two answers to a case are the same, mistakes included."""


class ArraysJudge:
    """Compares with the oracle's answer, at the exercise's tolerance."""

    def __init__(self, exercise: Exercise) -> None:
        self.rules = {
            precision: Rules(tolerance, exercise.strict_dtype)
            for precision, tolerance in exercise.tolerance.items()
        }

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        """Return the first difference, with the lecture's number where it prints one."""
        difference = compare(actual, solved.expected, self.rules[solved.case.precision])
        if difference is None:
            return RIGHT
        places = difference.stage in ("values", "non-finite")
        printed = solved.printed_at(difference.index) if places else ""
        slide = f" (slide: {printed})" if printed else ""
        return Judgement(False, difference.stage, difference.message + slide)

    def alike(self, solved: SolvedCase, actual: Any, other: Any) -> bool:
        """Return whether the answers are equal at the tolerance."""
        return compare(actual, other, self.rules[solved.case.precision]) is None


class CourseJudge:
    """Asks the exercise's judge.py."""

    def __init__(self, name: str, judge: Callable[..., Any]) -> None:
        self.name = name
        self._judge = judge

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        """Return judge.py's finding. Raises CourseError when it fails."""
        try:
            found = self._judge(solved.case.inputs, actual, solved.expected)
        except (Exception, SystemExit) as error:
            where = f"{self.name}, case {solved.case.name!r}"
            raise CourseError(f"{where}: judge.py raised {error!r}") from error
        match found:
            case None:
                return RIGHT
            case (str(fault), str(message)):
                return Judgement(False, fault, message)
        raise CourseError(
            f"{self.name}: judge.py returned {found!r:.80}, expected (fault, message)"
        )

    def alike(self, solved: SolvedCase, actual: Any, other: Any) -> bool:
        """Return whether the answers have the same fault: chance may make their values differ."""
        return self.judge(solved, actual).fault == self.judge(solved, other).fault


def own_judge(exercise: Exercise) -> Judge:
    """Return the judge of an exercise that asks for a function."""
    if exercise.judge is None:
        return ArraysJudge(exercise)
    return CourseJudge(exercise.name, function(exercise.folder / exercise.judge, "judge"))
