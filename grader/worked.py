"""A worked example of an exercise, laid out and drawn by the functions that exercise.yaml names.

Both get the inputs of a public case and its frozen answer, so the handout is enough. A layout is a
text, empty where there is nothing to lay out; a picture is a figure that can save itself.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.course.answering import SolvedCase
from grader.course.answers import read_answers
from grader.course.case import Case
from grader.course.exercise import Exercise
from grader.course.modules import named
from grader.course.names import did_you_mean
from grader.errors import CourseError, UsageError

SUFFIXES = (".png", ".svg", ".pdf")
A_BOARDFUL = 2048  # bytes of inputs: a case of 200 numbers is not worked by hand


def laid_out(exercise: Exercise, name: str | None = None) -> tuple[Case, str] | None:
    """Return the case and its layout; without a name the first hand-worked case on a board.

    None where exercise.yaml names no layout, or no case has anything to lay out.
    """
    if exercise.worked_example is None:
        if name is not None:
            raise UsageError(f"{exercise.name} has no worked example to lay out")
        return None
    for solved in _candidates(exercise, name):
        text = str(_told(exercise, exercise.worked_example, solved))
        if text:
            return solved.case, text
    if name is not None:
        raise UsageError(f"{exercise.name}: the case {name!r} has nothing to lay out")
    return None


def draw(exercise: Exercise, file: Path, name: str | None = None) -> Case:
    """Write the picture of a case into the file, and return the case."""
    if exercise.picture is None:
        raise UsageError(f"{exercise.name} has no picture", f"grade show {exercise.name}")
    check_suffix(file)
    solved = next(_candidates(exercise, name))
    figure = figure_of(exercise, solved)
    try:
        figure.savefig(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
    return solved.case


def figure_of(exercise: Exercise, solved: SolvedCase) -> Any:
    """Return the figure of a case: of a launch, of its recorded memory traffic."""
    assert exercise.picture is not None
    if exercise.is_launched and solved.traffic is None:
        raise UsageError(
            f"{exercise.name}: {solved.case.name} has no picture, only hand-worked cases have"
        )
    return _told(exercise, exercise.picture, solved)


def check_suffix(file: Path) -> None:
    """Raise UsageError for a file that no picture can be written to."""
    if file.suffix.lower() not in SUFFIXES:
        expected = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
        raise UsageError(f"{file} is no picture: expected a name that ends in {expected}")


def _candidates(exercise: Exercise, name: str | None) -> Iterator[SolvedCase]:
    """Yield the named case, or all public ones: hand-worked before others, small before large."""
    cases = read_answers(exercise.folder).cases
    if name is None:
        yield from sorted(cases, key=_inconvenience)
        return
    found = [solved for solved in cases if solved.case.name == name]
    if not found:
        near = did_you_mean(name, [solved.case.name for solved in cases])
        raise UsageError(f"{exercise.name} has no public case {name!r}{near}")
    yield from found


def _inconvenience(solved: SolvedCase) -> tuple[bool, bool]:
    return not solved.case.source, len(solved.case.frame) > A_BOARDFUL


def _told(exercise: Exercise, function: str, solved: SolvedCase) -> Any:
    """Return what a function of the course makes of a case. Raises CourseError where it fails."""
    try:
        is_drawn = exercise.is_launched and function == exercise.picture
        told = solved.traffic if is_drawn else solved.answer
        return named(exercise, function)(solved.case.inputs, told)
    except CourseError:
        raise
    except Exception as error:
        where = f"{exercise.name}, case {solved.case.name}"
        raise CourseError(f"{where}: {function} raised {error!r}") from error
