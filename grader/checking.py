"""What `grade check` does: find the exercises in a student's files and grade the public cases."""

from dataclasses import dataclass, replace
from pathlib import Path

from grader import __version__
from grader.border.sandbox import Sandbox, Session
from grader.course.answering import SolvedCase
from grader.course.answers import read_answers
from grader.course.course import Course, find_course
from grader.course.exercise import Exercise
from grader.course.names import did_you_mean
from grader.errors import CourseError, UsageError
from grader.grading import Task, grade
from grader.judging.kinds import judge_of
from grader.reading import read_submission
from grader.results import PASSED, ExerciseResult, Result, total
from grader.submission import Found, NotFound, Submission
from grader.timing import timer_of


@dataclass(frozen=True)
class Checked:
    """The result of a check, and what is needed to tell it."""

    paths: tuple[Path, ...]
    submission: Submission
    tasks: tuple[Task, ...]
    result: Result
    missing: tuple[str, ...]  # exercises of the touched assignments that are not in the files
    one_case: SolvedCase | None

    @property
    def exit_code(self) -> int:
        """0 when all passed, 1 when points were lost, 3 when something of it is our fault."""
        if not self.result.complete:
            return CourseError.exit_code
        return int(any(exercise.verdict != PASSED for exercise in self.result.exercises))


def check(
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    case: str | None,
    course_folder: Path | None,
    sandbox: Sandbox,
    session: Session,
) -> Checked:
    """Return the result of checking these files; `session` is already starting."""
    course = find_course(course_folder)
    submission = read_paths(paths, course)
    exercises = _wanted(course, submission, names)
    tasks = tuple(task_of(course, exercise) for exercise in exercises)
    if case is not None:
        tasks = _only(tasks, case)
    graded = grade(submission, tasks, sandbox, session)
    return Checked(
        paths,
        submission,
        tasks,
        _result(course, sandbox, graded),
        _missing(course, [exercise.name for exercise in exercises]),
        tasks[0].cases[0] if case is not None else None,
    )


def read_paths(paths: tuple[Path, ...], course: Course) -> Submission:
    """Return the files of all paths as one submission."""
    parts = [read_submission(path, without=course.exercises_folder) for path in paths]
    first, *others = parts
    for other in others:
        sources = {source.name: source for source in first.sources}
        for source in other.sources:
            if sources.setdefault(source.name, source).content != source.content:
                message = f"{source.name} is in two of the paths, and not the same"
                raise UsageError(message, "grade check with one path after the other")
        for name, content in other.sheets.items():
            if first.sheets.get(name, content) != content:
                message = f"{name} is in two of the paths, and not the same"
                raise UsageError(message, "grade check with one path after the other")
        support = {**first.support, **other.support}
        support = {name: content for name, content in support.items() if name not in sources}
        first = replace(
            first,
            sources=tuple(sources.values()),
            sheets={**first.sheets, **other.sheets},
            support=support,
            notes=(*first.notes, *other.notes),
        )
    return first


def task_of(course: Course, exercise: Exercise) -> Task:
    """Return an exercise with its frozen cases. Raises StaleAnswers when they are not its own.

    A sheet is worth nothing here: the key is not in a handout, and a form is all that is checked.
    """
    answers = read_answers(exercise.folder)
    judge = judge_of(exercise, knows_answers=False)
    points = 0.0 if exercise.kind == "sheet" else course.points(exercise.name)
    return Task(exercise, answers.cases, answers.hints, points, judge, timer_of(exercise))


def _wanted(course: Course, submission: Submission, names: tuple[str, ...]) -> list[Exercise]:
    """Return the exercises asked for, else those that the files hold or seem to mean."""
    if names:
        return [course.exercise(name) for name in names]
    everything = [course.exercise(name) for name in course.exercise_names]
    entries = {exercise.entry_point for exercise in everything}
    finds = [(exercise, submission.find(exercise, entries)) for exercise in everything]
    file_names = {exercise.name for exercise in everything}
    wanted = [
        exercise
        for exercise, found in finds
        if (isinstance(found, Found) or found.claimed) and _is_meant(exercise, found, file_names)
    ]
    if wanted:
        return wanted
    files = [*(source.name for source in submission.sources), *submission.sheets]
    read = ", ".join(files[:5]) or "no Python file"
    notes = "".join(f"\n  {note}" for note in submission.notes)
    raise UsageError(f"no exercise of the course was found (read: {read}){notes}", "grade list")


def _is_meant(exercise: Exercise, found: Found | NotFound, file_names: set[str]) -> bool:
    """Return whether a file answers the exercise; in another's file it is a function that helps."""
    stem = Path(found.file).stem
    return stem == exercise.name or stem not in file_names


def _only(tasks: tuple[Task, ...], case: str) -> tuple[Task, ...]:
    """Return the task that has this case, with nothing else in it."""
    for task in tasks:
        for solved in task.cases:
            if solved.case.name == case:
                return (replace(task, cases=(solved,)),)
    known = [solved.case.name for task in tasks for solved in task.cases]
    raise UsageError(f"there is no case {case!r}{did_you_mean(case, known)}")


def _missing(course: Course, found: list[str]) -> tuple[str, ...]:
    touched = [a for a in course.assignments.values() if set(found) & set(a.points)]
    return tuple(name for a in touched for name in a.points if name not in found)


def _result(course: Course, sandbox: Sandbox, graded: tuple[ExerciseResult, ...]) -> Result:
    assignment = course.assignment_of([exercise.exercise for exercise in graded])
    return Result(
        course=course.title,
        course_version=course.version,
        grader_version=__version__,
        assignment=assignment.name if assignment else None,
        isolation=sandbox.level,
        seed=None,
        points=total(exercise.points for exercise in graded),
        max_points=total(exercise.max_points for exercise in graded) or 0.0,
        exercises=graded,
    )
