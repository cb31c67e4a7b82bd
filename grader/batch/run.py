"""The batch itself: slots grade hand-ins side by side, each result is stored as it arrives."""

import hashlib
import json
import secrets
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader import __version__
from grader.batch.gradebook import feedback, page_of, write
from grader.batch.hand_ins import HandIn
from grader.batch.slots import side_by_side
from grader.batch.store import Store
from grader.border.sandbox import Sandbox
from grader.course.answering import solve
from grader.course.case import hidden_cases, public_cases
from grader.course.course import Assignment, Course
from grader.course.modules import hints
from grader.errors import UsageError
from grader.grading import Task, grade
from grader.judging.kinds import judge_of
from grader.judging.score import Finding, score
from grader.results import ExerciseResult, Result, Summary, total
from grader.submission import Submission
from grader.timing import timer_of


@dataclass(frozen=True)
class Batch:
    """What is graded, and how."""

    course: Course
    assignment: Assignment
    tasks: tuple[Task, ...]
    sandbox: Sandbox
    seed: int
    folder: Path

    @cached_property
    def sources(self) -> dict[str, str]:
        """Where each case was printed, by "exercise/case"."""
        return {
            f"{task.exercise.name}/{solved.case.name}": solved.case.source
            for task in self.tasks
            for solved in task.cases
        }

    def determined_by(self, submission: Submission) -> str:
        """Return the hash of everything that a result depends on."""
        parts = (submission.sha256, self.course.version, __version__, self.assignment.name)
        return hashlib.sha256(repr((*parts, self.seed, self.sandbox.level)).encode()).hexdigest()

    def result(self, exercises: tuple[ExerciseResult, ...]) -> Result:
        """Return the result of one submission."""
        return Result(
            course=self.course.title,
            course_version=self.course.version,
            grader_version=__version__,
            assignment=self.assignment.name,
            isolation=self.sandbox.level,
            seed=self.seed,
            points=total(exercise.points for exercise in exercises),
            max_points=total(exercise.max_points for exercise in exercises) or 0.0,
            exercises=exercises,
        )


@dataclass(frozen=True)
class Graded:
    """A finished hand-in. `trouble` is our own fault in the words of the machine."""

    student: str
    determined_by: str
    summary: Summary | None = None  # None: unchanged since it was graded
    result: str = ""  # as it is stored
    notes: tuple[str, ...] = ()  # what of it was not read
    trouble: str = ""

    def to_json(self) -> str:
        """Return what a slot sends."""
        summary = None if self.summary is None else vars(self.summary)
        return json.dumps({**vars(self), "summary": summary})

    @classmethod
    def from_json(cls, told: str) -> "Graded":
        """Return what a slot has sent."""
        fields = json.loads(told)
        summary = None if fields["summary"] is None else Summary(**fields["summary"])
        return cls(**fields | {"summary": summary, "notes": tuple(fields["notes"])})


def begin(
    course: Course,
    assignment: Assignment,
    sandbox: Sandbox,
    store: Store,
    wanted_seed: int | None,
    regrade: bool,
) -> Batch:
    """Return the batch of this store's folder, its hidden cases answered once for all."""
    folder = store.path.parent
    begun = store.settle({"assignment": assignment.name})["assignment"]
    if begun != assignment.name:
        message = f"{folder} holds the results of {begun}, not of {assignment.name}"
        raise UsageError(message, "another --out")
    seed = _seed(store, wanted_seed, regrade)
    tasks = tuple(_task(course, name, points, seed) for name, points in assignment.points.items())
    return Batch(course, assignment, tasks, sandbox, seed, folder)


def _seed(store: Store, wanted: int | None, regrade: bool) -> int:
    """Return the folder's seed; another one is an error, unless everything is regraded."""
    drawn = secrets.randbelow(1 << 31) if wanted is None else wanted
    stored = int(store.settle({"seed": str(drawn)})["seed"])
    if wanted is None or wanted == stored:
        return stored
    if not regrade:
        raise UsageError(
            f"{store.path.parent} was begun with the seed {stored}, not {wanted}",
            f"leave out --seed, or add --regrade to grade everything anew with {wanted}",
        )
    store.replace("seed", str(wanted))
    return wanted


def _task(course: Course, name: str, points: float, seed: int) -> Task:
    """Marks rest on the live oracle, not on what was frozen for students."""
    exercise = course.exercise(name)
    cases = solve(exercise, (*public_cases(exercise), *hidden_cases(exercise, seed)))
    timer = timer_of(exercise)
    return Task(exercise, cases, hints(exercise), points, judge_of(exercise), timer)


def run(
    batch: Batch, hand_ins: tuple[HandIn, ...], store: Store, jobs: int, regrade: bool = False
) -> Iterator[Graded]:
    """Grade what is missing or changed; store and yield each result as it arrives."""
    done = {} if regrade else store.done()

    def work(hand_in: HandIn) -> str:
        return _grade_one(batch, hand_in, done).to_json()

    def lost(hand_in: HandIn) -> str:
        return _failure(batch, hand_in, "", "its slot was killed twice").to_json()

    for told in side_by_side(work, hand_ins, jobs, lost, batch.sandbox.close):
        graded = Graded.from_json(told)
        if graded.summary is not None:
            store.put(graded.student, graded.determined_by, graded.summary, graded.result)
        yield graded


def _grade_one(batch: Batch, hand_in: HandIn, done: dict[str, str]) -> Graded:
    """Return the result of one hand-in; a failure of ours is `infrastructure`, never a zero."""
    determined_by = ""
    try:
        submission = hand_in.read()
        determined_by = batch.determined_by(submission)
        if done.get(hand_in.student) == determined_by:
            return Graded(hand_in.student, determined_by, notes=submission.notes)
        result = batch.result(grade(submission, batch.tasks, batch.sandbox))
        return _graded(batch, hand_in, determined_by, result, notes=submission.notes)
    except Exception:
        return _failure(batch, hand_in, determined_by, traceback.format_exc())


def _failure(batch: Batch, hand_in: HandIn, determined_by: str, trouble: str) -> Graded:
    result = batch.result(tuple(_failed(task) for task in batch.tasks))
    return _graded(batch, hand_in, determined_by, result, trouble=trouble)


def _graded(
    batch: Batch,
    hand_in: HandIn,
    determined_by: str,
    result: Result,
    notes: tuple[str, ...] = (),
    trouble: str = "",
) -> Graded:
    page = page_of(batch.folder, hand_in.student)
    try:
        write(page, feedback(hand_in.student, result, batch.sources))
    except OSError:  # it is missing at the end and tried again there, where the reason can be said
        page.unlink(missing_ok=True)
    told = json.dumps(result.to_json())
    return Graded(hand_in.student, determined_by, result.summary(), told, notes, trouble)


def _failed(task: Task) -> ExerciseResult:
    message = "the grader failed; this costs no points, and the next run tries again"
    findings = {solved.case.name: Finding("infrastructure", message) for solved in task.cases}
    return score(task.exercise, task.points, task.cases, findings, hint="")
