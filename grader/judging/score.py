"""Points: a group of cases has a weight, and its cases share it."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.results import OUR_FAULT, PASSED, CaseResult, ExerciseResult, overall


class Finding(NamedTuple):
    """What came of one case. `share` of its points is earned where it did not pass."""

    verdict: str
    message: str = ""
    seconds: float = 0.0
    share: float = 0.0

    @property
    def earned(self) -> float:
        """The share of the points that is earned."""
        return 1.0 if self.verdict == PASSED else self.share


def case_points(exercise: Exercise, points: float, cases: Sequence[SolvedCase]) -> dict[str, float]:
    """Return what each case is worth: points * weight of its group / cases of its group."""
    sizes = Counter(solved.case.group for solved in cases)
    weights = {group: exercise.groups[group] for group in sizes}
    whole = sum(weights.values())
    return {
        s.case.name: points * weights[s.case.group] / whole / sizes[s.case.group] for s in cases
    }


def score(
    exercise: Exercise,
    points: float,
    cases: Sequence[SolvedCase],
    findings: Mapping[str, Finding],
    hint: str,
    cpu_seconds: float = math.nan,
) -> ExerciseResult:
    """Return the exercise's result. Where a finding is our fault its points are unknown."""
    worth = case_points(exercise, points, cases)
    results = tuple(
        _case_result(solved, worth[solved.case.name], findings[solved.case.name])
        for solved in cases
    )
    verdict = overall(result.verdict for result in results)
    earned = sum((worth[name] * findings[name].earned for name in worth), start=0.0)
    known = None if verdict in OUR_FAULT else round(earned, 6)
    spent = None if math.isnan(cpu_seconds) else round(cpu_seconds, 6)
    return ExerciseResult(exercise.name, known, points, verdict, hint, results, spent)


def _case_result(solved: SolvedCase, worth: float, finding: Finding) -> CaseResult:
    name, verdict = solved.case.name, finding.verdict
    earned = None if verdict in OUR_FAULT else round(worth * finding.earned, 6)
    seconds = round(finding.seconds, 6)
    return CaseResult(name, verdict, earned, round(worth, 6), finding.message, seconds)
