"""Points: a group of cases has a weight, and its cases share it."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.results import OUR_FAULT, PASSED, CaseResult, ExerciseResult, overall

Finding = tuple[str, str, float]  # verdict, message, seconds


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
    earned = sum((worth[r.case] for r in results if r.verdict == PASSED), start=0.0)
    known = None if verdict in OUR_FAULT else round(earned, 6)
    spent = None if math.isnan(cpu_seconds) else round(cpu_seconds, 6)
    return ExerciseResult(exercise.name, known, points, verdict, hint, results, spent)


def _case_result(solved: SolvedCase, worth: float, finding: Finding) -> CaseResult:
    verdict, message, seconds = finding
    worth = round(worth, 6)
    earned = None if verdict in OUR_FAULT else worth if verdict == PASSED else 0.0
    return CaseResult(solved.case.name, verdict, earned, worth, message, round(seconds, 6))
