"""What a check of the course found, and the material of one exercise that the checks look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.border import sheet
from grader.border.plain import PlainSandbox
from grader.course import modules
from grader.course.answering import Harness, Outcome, SolvedCase, harness_of, outcome, solve
from grader.course.case import public_cases
from grader.course.exercise import Exercise
from grader.course.names import shown
from grader.errors import CourseError
from grader.grading import Task, grade
from grader.judging.judge import Judge
from grader.judging.kinds import judge_of
from grader.submission import Source, Submission
from grader.timing import timer_of

NOTHING = "ok"


@dataclass(frozen=True)
class Finding:
    """One thing that is not in order: which check, and what to look at."""

    check: str
    problem: str


@dataclass(frozen=True)
class Material:
    """An exercise with its functions and its solved cases, each computed once."""

    exercise: Exercise
    fields: Mapping[str, Any]

    @cached_property
    def harness(self) -> Harness:
        """The exercise's harness."""
        return harness_of(self.exercise)

    @cached_property
    def judge(self) -> Judge:
        """The exercise's judge."""
        return judge_of(self.exercise)

    @cached_property
    def cases(self) -> tuple[SolvedCase, ...]:
        """The public cases with the answers of the oracle and the misconceptions."""
        return solve(self.exercise, public_cases(self.exercise))

    @cached_property
    def misconceptions(self) -> dict[str, Callable[..., Any]]:
        """The misconceptions by name."""
        return modules.misconceptions(self.exercise)

    @property
    def solution(self) -> str:
        """The file of the right answer."""
        return f"solution{self.exercise.suffix}"

    @property
    def starter(self) -> str:
        """The file that students begin with."""
        return f"starter{self.exercise.suffix}"

    def own(self, file: str) -> Callable[..., Any]:
        """Return the entry point in the solution or the starter."""
        path = self.exercise.folder / file
        if self.exercise.kind == "sheet":
            return _answers_of(path, self.exercise)
        return modules.own(self.exercise, file)

    def answer(self, entry: Callable[..., Any], solved: SolvedCase) -> Outcome:
        """Return what a function of the course answers."""
        return outcome(self.harness, entry, solved.case)

    def share_of(self, file: str) -> float:
        """Return the share of the points that a hand-in of the folder gets when it is graded."""
        content = (self.exercise.folder / file).read_bytes()
        name = f"{self.exercise.name}{self.exercise.suffix}"
        if self.exercise.kind == "sheet":
            submission = Submission("verify", (), {name: content})
        else:
            submission = Submission("verify", (Source(name, content),))
        timer = timer_of(self.exercise)
        task = Task(self.exercise, self.cases, {}, 1.0, self.judge, timer)
        (result,) = grade(submission, (task,), PlainSandbox())
        if result.points is None:
            raise CourseError(f"{file} cannot be graded: {result.verdict}")
        return result.points

    def passes(self, solved: SolvedCase, answer: Outcome) -> bool:
        """Return whether an answer would pass."""
        from grader.border.sandbox import Answered

        return isinstance(answer, Answered) and self.judge.judge(solved, answer.value).right


def _answers_of(path: Path, exercise: Exercise) -> Callable[..., Any]:
    try:
        return sheet.read(path.read_bytes(), exercise.questions)
    except (OSError, ValueError) as error:
        raise CourseError(f"{shown(path)} cannot be read: {error}") from None
