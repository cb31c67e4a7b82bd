"""Grading one submission: each exercise's cases through the border, judged here, scored.

All public cases run before the first hidden one: a process that has seen hidden inputs could tell
them where a public case fails.
"""

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from grader.border.sandbox import Answered, Reply, Sandbox, Session, TimedOut
from grader.compiling import asked
from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.errors import CourseError
from grader.judging.explain import explanation
from grader.judging.judge import Judge, Judgement
from grader.judging.score import Finding, score
from grader.judging.words import for_student
from grader.policy import violation
from grader.printable import printable
from grader.results import OUR_FAULT, PASSED, ExerciseResult
from grader.submission import NotFound, Submission
from grader.submitted import Submitted
from grader.timing import TIMED_GROUP, Timer

MAX_TIME_OUTS = 2
KNOWN_FRAME = 4 << 10  # bytes
KNOWN_ANSWERS = 10_000  # of an exercise
SHOWN_PRINTED = 1000
RUN_AGAIN = 3  # of the wrong cases of an exercise
UNSTABLE = (
    "Called again with the same inputs, your function gives another answer. Is something kept from"
    " one call to the next, or drawn at random?"
)


@dataclass(frozen=True)
class Task:
    """An exercise ready to be graded: its cases with answers, its hints, its points."""

    exercise: Exercise
    cases: tuple[SolvedCase, ...]
    hints: Mapping[str, str]
    points: float
    judge: Judge
    timer: Timer | None = None
    known: dict[tuple[str, bytes], Judgement] = field(
        default_factory=dict, compare=False, repr=False
    )

    def judged(self, solved: SolvedCase, answer: Answered) -> Judgement:
        """Return what the judge says, remembered: most of a class gives the same answers."""
        key = (solved.case.name, answer.frame)
        known = self.known.get(key) if answer.frame else None
        if known is None:
            known = self.judge.judge(solved, answer.value)
            if len(answer.frame) <= KNOWN_FRAME and len(self.known) < KNOWN_ANSWERS:
                self.known[key] = known
        return known


class Trial:
    """One exercise of one submission, case by case."""

    def __init__(self, submitted: Submitted, task: Task) -> None:
        self.submitted = submitted
        self.task = task
        self.findings: dict[str, Finding] = {}
        self.replies: list[tuple[SolvedCase, Reply]] = []
        self.time_outs = 0
        self.stable = True  # the same inputs, the same answer
        self.file = ""
        self.cpu_seconds = 0.0

    @contextlib.contextmanager
    def cpu_time(self) -> Iterator[None]:
        """Add the CPU time that the submission takes meanwhile."""
        before = self.submitted.cpu_seconds()
        yield
        self.cpu_seconds += self.submitted.cpu_seconds() - before

    def begin(self) -> None:
        """Find and import the file; what goes wrong there holds for every case, told once."""
        obstacle = self._obstacle()
        if obstacle is None:
            return
        verdict, message = obstacle
        later = "no_answer" if verdict == "no_answer" else "skipped"
        first, *others = (solved.case.name for solved in self.task.cases)
        self.findings[first] = Finding(verdict, printable(message))
        self.findings.update(dict.fromkeys(others, Finding(later)))

    def _obstacle(self) -> tuple[str, str] | None:
        """Return the verdict and the message, if no case can be run."""
        exercise, submission = self.task.exercise, self.submitted.submission
        found = submission.find(exercise)
        if isinstance(found, NotFound):
            return "no_answer", found.reason
        self.file = found.file
        for source in submission.sources:
            forbidden = violation(exercise, source) if source.name == found.file else None
            if forbidden:
                return "forbidden", forbidden.in_words(found.file)
        loaded = self.submitted.load(exercise, found.file)
        if isinstance(loaded, Answered):
            return None
        verdict, message = for_student(exercise, loaded)
        verb = "read" if exercise.kind == "sheet" else "imported"
        return verdict, f"{found.file} cannot be {verb}: {message}"

    def run(self, hidden: bool) -> None:
        """Run the hidden or the public cases."""
        waiting = deque(
            solved
            for solved in self.task.cases
            if solved.case.hidden == hidden and solved.case.name not in self.findings
        )
        replies = self.submitted.run(self.task.exercise, self.file, tuple(waiting))
        while waiting and self.time_outs < MAX_TIME_OUTS:
            began = time.monotonic()
            solved, reply = next(replies)
            waiting.popleft()
            self.replies.append((solved, reply))
            self.time_outs += isinstance(reply, TimedOut)
            verdict, message, share = _told(self.task, solved, reply, self.submitted.printed)
            elapsed = time.monotonic() - began
            self.findings[solved.case.name] = Finding(verdict, message, elapsed, share)
        if not self.time_outs and self.task.exercise.kind == "function":
            self._run_again([s for s, _ in self.replies if s.case.hidden == hidden])
        reason = f"{MAX_TIME_OUTS} cases timed out before"
        self.findings.update({s.case.name: Finding("skipped", reason) for s in waiting})
        if self.task.timer is not None:
            self._time(self.task.timer, hidden)

    def _time(self, timer: Timer, hidden: bool) -> None:
        """Give the right answers of the timed group the share of the points for their speed."""
        timed = (s for s in self.task.cases if s.case.group == TIMED_GROUP)
        for solved in (s for s in timed if s.case.hidden == hidden):
            case, found = solved.case, self.findings[solved.case.name]
            if found.verdict != PASSED:
                continue
            seconds = partial(self.submitted.cpu_time_of, self.task.exercise, self.file, solved)
            try:
                ratio = timer.ratio(solved, seconds)
            except CourseError as error:
                self.findings[case.name] = Finding("course_error", str(error))
                continue
            if timer.share(ratio) < 1:
                message = "" if hidden else timer.told(ratio)
                slow = found._replace(verdict="wrong", message=message, share=timer.share(ratio))
                self.findings[case.name] = slow

    def _run_again(self, cases: list[SolvedCase]) -> None:
        """Run the first wrong cases once more: does the answer depend on the inputs alone?"""
        wrong = [s for s in cases if self.findings[s.case.name].verdict == "wrong"][:RUN_AGAIN]
        first = {solved.case.name: reply for solved, reply in self.replies}
        for solved, reply in self.submitted.run(self.task.exercise, self.file, wrong):
            self.stable &= _same_answer(reply, first[solved.case.name])
            if not isinstance(reply, Answered):
                return

    def _beyond_the_simulator(self) -> str:
        """Return what a compiler and a GPU say of what was launched here, where there are such."""
        answered = ((solved, r.value) for solved, r in self.replies if isinstance(r, Answered))
        solved, value = next(answered, (None, None))
        if not self.task.exercise.is_launched or solved is None:
            return ""
        submission, sandbox = self.submitted.submission, self.submitted.sandbox
        return asked(self.task.exercise, submission, self.file, solved, sandbox, value).note

    def result(self) -> ExerciseResult:
        """Return the score, with the hint of the misconception that explains all replies."""
        task = self.task
        hint = _hint(task, self.findings, self.replies) or ("" if self.stable else UNSTABLE)
        hint = "\n".join(filter(None, (hint, self._beyond_the_simulator())))
        return score(task.exercise, task.points, task.cases, self.findings, hint, self.cpu_seconds)


def _told(
    task: Task, solved: SolvedCase, reply: Reply, printed: Callable[[], str]
) -> tuple[str, str, float]:
    """Return verdict, message and share of the points of one reply."""
    share = 0.0
    if isinstance(reply, Answered):
        try:
            judgement = task.judged(solved, reply)
        except CourseError as error:
            return "course_error", str(error), 0.0
        if judgement.right:
            return PASSED, "", 0.0
        verdict, message, share = "wrong", judgement.message, judgement.share
    else:
        verdict, message = for_student(task.exercise, reply)
    if solved.case.hidden:
        return verdict, "", share
    return verdict, printable(message + _quoted(printed())), share


def _same_answer(reply: Reply, first: Reply) -> bool:
    """Return whether two answers are the same to the last bit."""
    if isinstance(reply, Answered) and isinstance(first, Answered):
        return reply.frame == first.frame
    return isinstance(reply, Answered) == isinstance(first, Answered)


def _quoted(printed: str) -> str:
    if not printed.strip():
        return ""
    lines = "\n".join(f"  | {line}" for line in printed[:SHOWN_PRINTED].rstrip().splitlines()[:10])
    return f"\nit printed:\n{lines}"


def _hint(
    task: Task, findings: Mapping[str, Finding], replies: list[tuple[SolvedCase, Reply]]
) -> str:
    verdicts = {finding.verdict for finding in findings.values()}
    if verdicts <= {PASSED} or verdicts & {*OUR_FAULT, "skipped"}:
        return ""
    return explanation(task.judge, replies, task.hints)


def grade(
    submission: Submission,
    tasks: tuple[Task, ...],
    sandbox: Sandbox,
    session: Session | None = None,
) -> tuple[ExerciseResult, ...]:
    """Return the result of each exercise. Never raises for anything a submission does."""
    submitted = Submitted(submission, sandbox, session)
    trials = [Trial(submitted, task) for task in tasks]
    try:
        for trial in trials:
            with trial.cpu_time():
                trial.begin()
                trial.run(hidden=False)
        for trial in trials:
            with trial.cpu_time():
                trial.run(hidden=True)
    finally:
        submitted.close()
    return tuple(trial.result() for trial in trials)
