"""The batch itself: slots grade hand-ins side by side, each result is stored as it arrives."""

import hashlib
import secrets
import traceback
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from grader import __version__
from grader.batch.hand_ins import HandIn
from grader.batch.store import Store
from grader.border.sandbox import Sandbox
from grader.course.answering import solve
from grader.course.case import hidden_cases, public_cases
from grader.course.course import Assignment, Course
from grader.course.modules import hints
from grader.errors import UsageError
from grader.grading import Task, grade
from grader.judging.judge import judge_of
from grader.judging.score import score
from grader.results import ExerciseResult, Result, total
from grader.submission import Submission

AHEAD = 2  # hand-ins read and queued for each slot


@dataclass(frozen=True)
class Batch:
    """What is graded, and how."""

    course: Course
    assignment: Assignment
    tasks: tuple[Task, ...]
    sandbox: Sandbox
    seed: int

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
    result: Result | None  # None: unchanged since it was graded
    notes: tuple[str, ...] = ()  # what of it was not read
    trouble: str = ""


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
    return Batch(course, assignment, tasks, sandbox, seed)


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
    return Task(exercise, cases, hints(exercise), points, judge_of(exercise))


def run(
    batch: Batch, hand_ins: tuple[HandIn, ...], store: Store, jobs: int, regrade: bool = False
) -> Iterator[Graded]:
    """Grade what is missing or changed; store and yield each result as it arrives."""
    done = {} if regrade else store.done()
    waiting = iter(hand_ins)
    running: set[Future[Graded]] = set()
    with ThreadPoolExecutor(jobs) as slots:
        try:
            while True:
                for hand_in in waiting:
                    running.add(slots.submit(_grade_one, batch, hand_in, done))
                    if len(running) >= AHEAD * jobs:
                        break
                if not running:
                    return
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    graded = future.result()
                    if graded.result is not None:
                        store.put(graded.student, graded.determined_by, graded.result)
                    yield graded
        finally:
            slots.shutdown(wait=True, cancel_futures=True)


def _grade_one(batch: Batch, hand_in: HandIn, done: dict[str, str]) -> Graded:
    """Return the result of one hand-in; a failure of ours is `infrastructure`, never a zero."""
    determined_by = ""
    try:
        submission = hand_in.read()
        determined_by = batch.determined_by(submission)
        if done.get(hand_in.student) == determined_by:
            return Graded(hand_in.student, determined_by, None, submission.notes)
        exercises = grade(submission, batch.tasks, batch.sandbox)
        return Graded(hand_in.student, determined_by, batch.result(exercises), submission.notes)
    except Exception:
        failed = tuple(_failed(task) for task in batch.tasks)
        trouble = traceback.format_exc()
        return Graded(hand_in.student, determined_by, batch.result(failed), trouble=trouble)


def _failed(task: Task) -> ExerciseResult:
    message = "the grader failed; this costs no points, and the next run tries again"
    findings = {solved.case.name: ("infrastructure", message, 0.0) for solved in task.cases}
    return score(task.exercise, task.points, task.cases, findings, hint="")
