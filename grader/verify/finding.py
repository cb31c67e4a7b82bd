"""What a check of the course found, and the material of one exercise that the checks look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.course import modules
from grader.course.answering import Harness, Outcome, SolvedCase, harness_of, outcome, solve
from grader.course.case import public_cases
from grader.course.exercise import Exercise
from grader.judging.judge import Judge, judge_of

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

    def own(self, file: str) -> Callable[..., Any]:
        """Return the entry point in the solution or the starter."""
        return modules.function(self.exercise.folder / file, self.exercise.entry_point)

    def answer(self, entry: Callable[..., Any], solved: SolvedCase) -> Outcome:
        """Return what a function of the course answers."""
        return outcome(self.harness, entry, solved.case)

    def passes(self, solved: SolvedCase, answer: Outcome) -> bool:
        """Return whether an answer would pass."""
        from grader.border.sandbox import Answered

        return isinstance(answer, Answered) and self.judge.judge(solved, answer.value).right
