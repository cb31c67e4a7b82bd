"""Which misconception explains a submission: the one whose answers are the submission's answers.

A misconception explains when it answers every case as the submission did, those that both get right
included, and raises where it raised. A hint is given only when exactly one hint is left.
"""

from collections.abc import Iterable, Mapping

from grader.border.sandbox import Answered, Raised, Reply
from grader.course.answering import Outcome, SolvedCase
from grader.judging.judge import Judge


def explanation(
    judge: Judge, replies: Iterable[tuple[SolvedCase, Reply]], hints: Mapping[str, str]
) -> str:
    """Return the hint of the one misconception that explains all replies, or nothing."""
    candidates = set(hints)
    for solved, reply in replies:
        candidates &= {n for n in candidates if _same(judge, solved, reply, n)}
        if not candidates:
            return ""
    explaining = {hints[name] for name in candidates}
    return explaining.pop() if len(explaining) == 1 else ""


def _same(judge: Judge, solved: SolvedCase, reply: Reply, name: str) -> bool:
    return isinstance(reply, Answered | Raised) and alike(
        judge, solved, reply, solved.mistakes[name]
    )


def alike(judge: Judge, solved: SolvedCase, one: Outcome, other: Outcome) -> bool:
    """Return whether two outcomes are the same mistake, or both right.

    All exceptions are alike: the same belief ends in an IndexError where it is written with loops
    and in a ValueError where it is written with slices.
    """
    if isinstance(one, Answered) and isinstance(other, Answered):
        return judge.alike(solved, one.value, other.value)
    return isinstance(one, Raised) and isinstance(other, Raised)
