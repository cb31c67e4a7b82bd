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
from grader.course.case import hidden_cases, public_cases
from grader.course.course import load_course
from grader.grading import Task, grade
from grader.judging.kinds import judge_of
from grader.results import OUR_FAULT, PASSED, ExerciseResult
from grader.submission import Source, Submission
from grader.timing import timer_of
from grader.verify.course_check import verify, verify_assignments

COURSE = load_course(Path(__file__).parents[1])
EXERCISES = COURSE.exercise_names
FUNCTIONS = [name for name in EXERCISES if COURSE.exercise(name).kind == "function"]
MISTAKES = [
    (name, mistake)
    for name in EXERCISES
    for mistake in modules.misconceptions(COURSE.exercise(name))
]
Typed = Callable[..., Result]

every_exercise = pytest.mark.parametrize("name", EXERCISES)
every_program = pytest.mark.parametrize(
    "name", [name for name in EXERCISES if COURSE.exercise(name).suffix == ".py"]
)


@cache
def as_a_batch_grades_it(name: str) -> Task:
    """Return the exercise with its public cases and with hidden ones."""
    exercise = COURSE.exercise(name)
    if exercise.kind == "sheet":  # the key is in no frozen answers
        public = solve(exercise, public_cases(exercise))
    else:
        public = task_of(COURSE, exercise).cases
    cases = (*public, *solve(exercise, hidden_cases(exercise, seed=20)))
    told, points = modules.hints(exercise), COURSE.points(name)
    return Task(exercise, cases, told, points, judge_of(exercise), timer_of(exercise))


def handed_in(task: Task, code: bytes) -> ExerciseResult:
    """Return the result of one file, graded in a process of its own."""
    if task.exercise.kind == "sheet":
        submission = Submission("student", (), {"answer.yaml": code})
    else:
        submission = Submission("student", (Source("answer.py", code),))
    (result,) = grade(submission, (task,), PlainSandbox())
    return result


def file_of(name: str, file: str) -> bytes:
    return (COURSE.exercises_folder / name / file).read_bytes()


def file_name(name: str, file: str) -> str:
    """Return the name of the starter or solution of an exercise."""
    return file + COURSE.exercise(name).suffix


def with_mistake(name: str, mistake: str) -> bytes:
    """Return a file in which the misconception answers to the name of the entry point."""
    code = file_of(name, "misconceptions.py")
    return code + f"\n\n{COURSE.exercise(name).entry_point} = {mistake}\n".encode()


def test_there_are_exercises() -> None:
    assert len(EXERCISES) >= 9
    assert len(MISTAKES) >= 5 * len(FUNCTIONS)


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
    result = handed_in(task, file_of(name, file_name(name, "solution")))
    assert [case for case in result.cases if case.verdict != PASSED] == []
    assert result.points == result.max_points == COURSE.points(name)
    assert result.hint == ""


@every_exercise
def test_the_starter_gets_nothing_because_there_is_no_answer_yet(name: str) -> None:
    result = handed_in(as_a_batch_grades_it(name), file_of(name, file_name(name, "starter")))
    assert {case.verdict for case in result.cases} == {"no_answer"}
    assert (result.verdict, result.points, result.hint) == ("no_answer", 0, "")
    public = [case for case in result.cases if not case.case.endswith("-hidden")]
    assert {case.message for case in public} == {"not written yet"}


@every_program
def test_who_checks_the_starter_sees_no_traceback(typed: Typed, name: str) -> None:
    starter = COURSE.exercises_folder / name / "starter.py"
    checked = typed("check", starter, "--exercise", name, "--course", COURSE.folder)
    assert checked.exit_code == 1
    assert "not written yet" in checked.output
    assert "Traceback" not in checked.output
    assert "NotImplementedError" not in checked.output


@every_program
def test_starter_and_solution_are_called_as_the_exercise_says(name: str) -> None:
    exercise = COURSE.exercise(name)
    told = {argument.name: argument.default is not None for argument in exercise.arguments}
    for file in ("starter.py", "solution.py"):
        entry = modules.own(exercise, file)
        function = getattr(entry, "py_func", entry)  # of a kernel
        parameters = inspect.signature(function).parameters.values()
        assert {p.name: p.default is not p.empty for p in parameters} == told
    assert exercise.entry_point in (exercise.folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_a_mistake_loses_points_and_is_told_own_hint(name: str, mistake: str) -> None:
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


@pytest.mark.parametrize(
    ("name", "file"),
    [(name, f) for name in EXERCISES for f in COURSE.exercise(name).wrong_hand_ins],
)
def test_a_wrong_hand_in_of_the_other_kinds_loses_points(name: str, file: str) -> None:
    result = handed_in(as_a_batch_grades_it(name), file_of(name, file))
    assert result.points is not None
    assert result.points < result.max_points
    assert not {case.verdict for case in result.cases} & {*OUR_FAULT, "skipped"}
