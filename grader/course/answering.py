"""Answers of the course's own functions: oracle, solution, starter, misconceptions.

They go through the harness that submissions go through, on fresh inputs, and their answers through
the same frames, so that what is compared is what would have crossed the border.
"""

import random
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from grader.border import call, frames, kernel
from grader.border.sandbox import Answered, Raised
from grader.course import modules
from grader.course.case import Case
from grader.course.exercise import Exercise
from grader.errors import CourseError

Harness = Callable[[Callable[..., Any], Any], Any]
Outcome = Answered | Raised


@dataclass(frozen=True)
class SolvedCase:
    """A case with the oracle's answer and what every misconception makes of it."""

    case: Case
    expected: Any
    mistakes: Mapping[str, Outcome] = field(default_factory=dict)
    traffic: Any = None  # of the solution's memory, see grader.course.traffic

    @property
    def answer(self) -> Any:
        """The oracle's answer as a lecture prints it: of a launch, the one array that it fills."""
        return kernel.filled(self.expected)

    def printed_at(self, index: tuple[int, ...]) -> str:
        """Return the number that the lecture prints at this place of the answer, or nothing."""
        for place, printed in self.case.printed:
            if _full_index(place, len(index)) == index:
                return printed
        return ""


def _full_index(index: tuple[int, ...], dimensions: int) -> tuple[int, ...]:
    """Return the index in the answer, whose leading axes of length 1 the lecture leaves out."""
    return (0,) * (dimensions - len(index)) + index


def harness_of(exercise: Exercise) -> Harness:
    """Return the exercise's harness, for use in this process."""
    if exercise.is_launched:
        from grader.simulator import launch

        names = [argument.name for argument in exercise.arguments]
        return kernel.harness(launch, names, exercise.outputs)
    if exercise.harness is None:
        return call.run
    return modules.function(exercise.folder / exercise.harness, "run")


def harness_of_oracle(exercise: Exercise) -> Harness:
    """Return what asks the exercise's oracle: it is not launched where a submission is."""
    if exercise.is_launched:
        return kernel.expected(exercise.outputs, exercise.measures)
    return harness_of(exercise)


def outcome(harness: Harness, entry: Callable[..., Any], case: Case) -> Outcome:
    """Return what a function of the course answers to a case, or which exception it raises."""
    random.seed(0)
    np.random.seed(0)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            frame = frames.encode(harness(entry, case.inputs))
            return Answered(frames.decode(frame, fresh=False), frame)
    except (Exception, SystemExit) as error:
        bases = tuple(base.__name__ for base in type(error).__mro__)
        return Raised(type(error).__name__, bases, str(error))


def solve(exercise: Exercise, cases: tuple[Case, ...]) -> tuple[SolvedCase, ...]:
    """Return the cases with the oracle's and the misconceptions' answers."""
    harness, oracle_harness = harness_of(exercise), harness_of_oracle(exercise)
    oracle = modules.oracle(exercise)
    mistaken = modules.misconceptions(exercise)
    return tuple(
        SolvedCase(
            case,
            _expected(exercise, oracle_harness, oracle, case),
            {name: outcome(harness, entry, case) for name, entry in mistaken.items()},
        )
        for case in cases
    )


def _expected(exercise: Exercise, harness: Harness, oracle: Callable[..., Any], case: Case) -> Any:
    secret = frames.decode(case.secret) if case.secret else {}
    answer = outcome(harness, partial(oracle, **secret), case)
    if isinstance(answer, Raised):
        raise CourseError(
            f"{exercise.name}, case {case.name!r}: the oracle {exercise.oracle} raises"
            f" {answer.type}: {answer.text}"
        )
    if _has_foreign(answer.value):
        raise CourseError(
            f"{exercise.name}, case {case.name!r}: the oracle {exercise.oracle} answers"
            f" {answer.value!r:.80}, which is no tree of arrays, numbers, texts, lists and dicts"
        )
    return answer.value


def _has_foreign(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    inside = isinstance(value, dict | list) and any(_has_foreign(item) for item in items)
    return inside or isinstance(value, frames.Foreign)
