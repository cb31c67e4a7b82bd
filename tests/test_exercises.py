"""A new exercise is tested by being there: all of this runs for every exercise folder."""

import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import Result

from grader.border.plain import PlainSandbox
from grader.checking import task_of
from grader.course import modules
from grader.course.answering import solve
from grader.course.case import hidden_cases
from grader.course.course import load_course
from grader.grading import Task, grade
from grader.results import OUR_FAULT, PASSED, ExerciseResult
from grader.submission import Source, Submission
from grader.verify.course_check import verify, verify_assignments

COURSE = load_course(Path(__file__).parents[1])
EXERCISES = COURSE.exercise_names
MISTAKES = [
    (name, mistake)
    for name in EXERCISES
    for mistake in modules.misconceptions(COURSE.exercise(name))
]
Typed = Callable[..., Result]

every_exercise = pytest.mark.parametrize("name", EXERCISES)


@cache
def as_a_batch_grades_it(name: str) -> Task:
    """Return the exercise with its public cases and with hidden ones."""
    task = task_of(COURSE, COURSE.exercise(name))
    hidden = solve(task.exercise, hidden_cases(task.exercise, seed=20))
    return Task(task.exercise, (*task.cases, *hidden), task.hints, task.points, task.judge)


def handed_in(task: Task, code: bytes) -> ExerciseResult:
    """Return the result of one file, graded in a process of its own."""
    submission = Submission("student", (Source("answer.py", code),))
    (result,) = grade(submission, (task,), PlainSandbox())
    return result


def file_of(name: str, file: str) -> bytes:
    return (COURSE.exercises_folder / name / file).read_bytes()


def with_mistake(name: str, mistake: str) -> bytes:
    """Return a file in which the misconception answers to the name of the entry point."""
    code = file_of(name, "misconceptions.py")
    return code + f"\n\n{COURSE.exercise(name).entry_point} = {mistake}\n".encode()


def test_there_are_exercises() -> None:
    assert len(EXERCISES) >= 9
    assert len(MISTAKES) >= 5 * len(EXERCISES)


@every_exercise
def test_verify_finds_nothing(name: str) -> None:
    verified = verify(COURSE, name)
    assert verified.findings == ()
    assert verified.cases > 0


def test_the_assignments_name_exercises_that_are_there() -> None:
    assert list(verify_assignments(COURSE)) == []


@every_exercise
def test_the_solution_gets_every_point(name: str) -> None:
    task = as_a_batch_grades_it(name)
    result = handed_in(task, file_of(name, "solution.py"))
    assert [case for case in result.cases if case.verdict != PASSED] == []
    assert result.points == result.max_points == COURSE.points(name)
    assert result.hint == ""


@every_exercise
def test_the_starter_gets_nothing_because_there_is_no_answer_yet(name: str) -> None:
    result = handed_in(as_a_batch_grades_it(name), file_of(name, "starter.py"))
    assert {case.verdict for case in result.cases} == {"no_answer"}
    assert (result.verdict, result.points, result.hint) == ("no_answer", 0, "")
    public = [case for case in result.cases if not case.case.endswith("-hidden")]
    assert {case.message for case in public} == {"not written yet"}


@every_exercise
def test_who_checks_the_starter_sees_no_traceback(typed: Typed, name: str) -> None:
    starter = COURSE.exercises_folder / name / "starter.py"
    checked = typed("check", starter, "--exercise", name, "--course", COURSE.folder)
    assert checked.exit_code == 1
    assert "not written yet" in checked.output
    assert "Traceback" not in checked.output
    assert "NotImplementedError" not in checked.output


@every_exercise
def test_starter_and_solution_are_called_as_the_exercise_says(name: str) -> None:
    exercise = COURSE.exercise(name)
    told = {argument.name: argument.default is not None for argument in exercise.arguments}
    for file in ("starter.py", "solution.py"):
        entry = modules.function(exercise.folder / file, exercise.entry_point)
        parameters = inspect.signature(entry).parameters.values()
        assert {p.name: p.default is not p.empty for p in parameters} == told
    assert exercise.entry_point in (exercise.folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_a_mistake_loses_points_and_is_told_its_own_hint(name: str, mistake: str) -> None:
    task = as_a_batch_grades_it(name)
    own = task.hints[mistake]
    result = handed_in(task, with_mistake(name, mistake))
    assert result.points is not None
    assert result.points < result.max_points
    assert not {case.verdict for case in result.cases} & {*OUR_FAULT, "skipped"}
    assert len(own) > 40
    assert result.hint == own
    told = "\n".join([result.hint, *(case.message for case in result.cases)])
    assert [hint for hint in task.hints.values() if hint != own and hint in told] == []
