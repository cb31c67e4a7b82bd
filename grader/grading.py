"""Grading one submission: each exercise's cases through the border, judged here, scored.

A crash or a time-out costs its case: the process is replaced and the next case goes on. A file that
cannot be imported costs its exercise, and is not imported again for another one.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.border.sandbox import Answered, Died, Raised, Reply, Sandbox, Session, TimedOut
from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.errors import CourseError
from grader.judging.explain import explanation
from grader.judging.judge import Judge
from grader.judging.score import Finding, score
from grader.judging.words import for_student, printable
from grader.results import OUR_FAULT, PASSED, ExerciseResult
from grader.submission import Found, NotFound, Submission, forbidden_import

MAX_TIME_OUTS = 2
SHOWN_PRINTED = 1000


@dataclass(frozen=True)
class Task:
    """An exercise ready to be graded: its cases with answers, its hints, its points."""

    exercise: Exercise
    cases: tuple[SolvedCase, ...]
    hints: Mapping[str, str]
    points: float
    judge: Judge


class Submitted:
    """A submission and the process in which its code runs, replaced when it has ended."""

    def __init__(
        self, submission: Submission, sandbox: Sandbox, session: Session | None = None
    ) -> None:
        self.submission = submission
        self.sandbox = sandbox
        self._session = session
        self._fresh = True
        self._broken: dict[str, Reply] = {}  # files that ended the process, and how
        self.printed = ""  # by the last load or run

    def load(self, exercise: Exercise, file: str) -> Reply:
        """Import the file in the running process, or in a new one."""
        if file in self._broken:
            return self._broken[file]
        limits = exercise.limits
        request = {
            "file": file,
            "entry_point": exercise.entry_point,
            "harness": exercise.source(exercise.harness),
            "memory_mib": limits.memory_mib,
        }
        reply = self._after(self._running(exercise).load(request, limits.import_seconds))
        if isinstance(reply, TimedOut | Died):
            self._broken[file] = reply
        return reply

    def run(self, exercise: Exercise, file: str, solved: SolvedCase) -> Reply:
        """Run one case; after a crash, the file is imported into a new process first."""
        if self._session is None:
            again = self.load(exercise, file)
            if not isinstance(again, Answered):
                return again
        session = self._running(exercise)
        return self._after(session.run(solved.case.inputs, exercise.limits.seconds))

    def _running(self, exercise: Exercise) -> Session:
        if self._session is not None and self._session.libraries != exercise.libraries:
            self.close()
        if self._session is None:
            self._session = self.sandbox.start(exercise.libraries)
            self._fresh = True
        if self._fresh:
            self._session.write_files(self.submission.files)
            self._fresh = False
        return self._session

    def _after(self, reply: Reply) -> Reply:
        """Keep what was printed; end the process where it cannot go on."""
        assert self._session is not None
        self.printed = self._session.printed()
        out_of_memory = isinstance(reply, Raised) and "MemoryError" in reply.bases
        if isinstance(reply, TimedOut | Died) or out_of_memory:
            self.close()
        return reply

    def close(self) -> None:
        """End the process."""
        if self._session is not None:
            self._session.close()
        self._session = None


def grade_exercise(submitted: Submitted, task: Task) -> ExerciseResult:
    """Return the result of one exercise. Never raises for anything a submission does."""
    exercise = task.exercise
    found = submitted.submission.find(exercise)
    if isinstance(found, NotFound):
        return _same_for_all(task, "no_answer", found.reason)
    source = next(s for s in submitted.submission.sources if s.name == found.file)
    forbidden = forbidden_import(exercise, source)
    if forbidden:
        name, line = forbidden
        reason = f"{found.file}, line {line}: importing {name} is not allowed in this exercise"
        return _same_for_all(task, "forbidden", reason)
    loaded = submitted.load(exercise, found.file)
    if not isinstance(loaded, Answered):
        verdict, message = for_student(exercise, loaded)
        return _same_for_all(task, verdict, f"{found.file} cannot be imported: {message}")
    return _run_cases(submitted, task, found)


def _run_cases(submitted: Submitted, task: Task, found: Found) -> ExerciseResult:
    findings: dict[str, Finding] = {}
    replies: list[tuple[SolvedCase, Reply]] = []
    time_outs = 0
    for solved in task.cases:
        if time_outs == MAX_TIME_OUTS:
            findings[solved.case.name] = ("skipped", f"{MAX_TIME_OUTS} cases timed out before", 0.0)
            continue
        began = time.monotonic()
        reply = submitted.run(task.exercise, found.file, solved)
        verdict, message = _finding(task, solved, reply, submitted.printed)
        findings[solved.case.name] = (verdict, message, time.monotonic() - began)
        replies.append((solved, reply))
        time_outs += isinstance(reply, TimedOut)
    hint = _hint(task, findings, replies)
    return score(task.exercise, task.points, task.cases, findings, hint)


def _finding(task: Task, solved: SolvedCase, reply: Reply, printed: str) -> tuple[str, str]:
    """Return verdict and message of one reply."""
    if isinstance(reply, Answered):
        try:
            judgement = task.judge.judge(solved, reply.value)
        except CourseError as error:
            return "course_error", str(error)
        verdict = PASSED if judgement.right else "wrong"
        message = judgement.message
    else:
        verdict, message = for_student(task.exercise, reply)
    if verdict == PASSED or solved.case.hidden:
        return verdict, ""
    return verdict, printable(message + _quoted(printed))


def _quoted(printed: str) -> str:
    if not printed.strip():
        return ""
    lines = "\n".join(f"  | {line}" for line in printed[:SHOWN_PRINTED].rstrip().splitlines()[:10])
    return f"\nit printed:\n{lines}"


def _hint(
    task: Task, findings: Mapping[str, Finding], replies: list[tuple[SolvedCase, Reply]]
) -> str:
    verdicts = {verdict for verdict, _, _ in findings.values()}
    if verdicts <= {PASSED} or verdicts & {*OUR_FAULT, "skipped"}:
        return ""
    return explanation(task.judge, replies, task.hints)


def _same_for_all(task: Task, verdict: str, message: str) -> ExerciseResult:
    """The first case carries what happened; for the others it is the same, said once."""
    findings: dict[str, Finding] = {}
    first: Finding = (verdict, printable(message), 0.0)
    later = "no_answer" if verdict == "no_answer" else "skipped"
    for solved in task.cases:
        findings[solved.case.name] = (later, "", 0.0) if findings else first
    return score(task.exercise, task.points, task.cases, findings, hint="")


def grade(
    submission: Submission,
    tasks: tuple[Task, ...],
    sandbox: Sandbox,
    session: Session | None = None,
) -> Iterator[ExerciseResult]:
    """Yield the result of each exercise of one submission."""
    submitted = Submitted(submission, sandbox, session)
    try:
        for task in tasks:
            yield grade_exercise(submitted, task)
    finally:
        submitted.close()
