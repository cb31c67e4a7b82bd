"""The oracle's answers by another backend, compared with those that it gives by default.

    python -m grader.verify.other_backend COURSE BACKEND MOST_NUMBERS EXERCISE...

prints a JSON object for each exercise. It is a process of its own because a simulator must be
chosen before the oracle is imported, by an environment variable.
"""

import inspect
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.course import modules
from grader.course.answering import solve
from grader.course.case import Case, public_cases
from grader.course.course import find_course, whole_exercise
from grader.course.exercise import Exercise
from grader.errors import CourseError
from grader.judging.kinds import judge_of

BACKEND = "backend"  # the argument of an oracle that can compute in several ways


@dataclass(frozen=True)
class Agreement:
    """How an exercise's oracle agrees with itself."""

    exercise: str
    agreeing: int = 0
    too_large: int = 0
    problems: tuple[str, ...] = ()
    has_backends: bool = True


def compare(exercise: Exercise, backend: str, most_numbers: float) -> Agreement:
    """Return which cases have the same answer by the backend; too large ones are not tried.

    The same means: right by the exercise's judge, at its tolerance.
    """
    if exercise.kind == "sheet" or not takes_backend(exercise):
        return Agreement(exercise.name, has_backends=False)
    cases = public_cases(exercise)
    small = tuple(case for case in cases if count_numbers(case.inputs) <= most_numbers)
    problems = tuple(_disagreements(exercise, backend, small))
    too_large = len(cases) - len(small)
    return Agreement(exercise.name, len(small) - len(problems), too_large, problems)


def takes_backend(exercise: Exercise) -> bool:
    """Return whether the exercise's oracle has an argument for it."""
    oracle = modules.named(exercise, exercise.oracle)
    try:
        return BACKEND in inspect.signature(oracle).parameters
    except ValueError:  # of a function that tells nothing about itself
        return False


def count_numbers(value: Any) -> int:
    """Return how many numbers the inputs hold."""
    if isinstance(value, np.ndarray):
        return int(value.size)
    items = value.values() if isinstance(value, dict) else value
    return sum(map(count_numbers, items)) if isinstance(value, dict | list) else 1


def _disagreements(exercise: Exercise, backend: str, cases: tuple[Case, ...]) -> Iterator[str]:
    judge = judge_of(exercise)
    other = replace(exercise, oracle_arguments={**exercise.oracle_arguments, BACKEND: backend})
    for solved in solve(exercise, cases):
        case = solved.case
        try:
            (answer,) = solve(other, (case,))
        except CourseError as error:
            yield str(error)
            continue
        judgement = judge.judge(solved, answer.expected)
        if not judgement.right:
            yield f"{case.name}: {backend} and the default differ: {judgement.message}"


def main(course: str, backend: str, most_numbers: str, *names: str) -> None:
    """Print the agreement of each exercise as it is known."""
    found = find_course(Path(course))
    for name in names:
        try:
            exercise, _ = whole_exercise(found, name)
            agreement = compare(exercise, backend, float(most_numbers))
        except CourseError as error:
            agreement = Agreement(name, problems=(str(error),))
        print(json.dumps(asdict(agreement)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
