"""The judge of a kernel: what it filled, then what the simulator found, then what it cost.

The answer is the tree of border/kernel.py. Its arrays are compared here with the oracle's, as those
of any exercise; findings and measures come from the simulator beside the kernel, and their texts
are a stranger's.
"""

import math
from collections.abc import Mapping
from typing import Any

from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.judging.compare import Difference, Rules, compare
from grader.judging.judge import RIGHT, Judgement

AT_LEAST = ("coalescing",)  # of the other measures, less is better
COSTS = {
    "global_reads": "a thread reads global memory {got} times",
    "global_writes": "a thread writes global memory {got} times",
    "global_atomics": "a thread makes {got} atomic operations on global memory",
    "shared_reads": "a thread reads shared memory {got} times",
    "shared_writes": "a thread writes shared memory {got} times",
    "shared_atomics": "a thread makes {got} atomic operations on shared memory",
    "barriers": "the block waits at {got} barriers",
    "shared_bytes": "the block takes {got} bytes of shared memory",
    "coalescing": "of the global memory that a warp moves it uses a share of {got}",
    "bank_conflicts": "a warp's access to shared memory takes {got} passes, for its bank conflicts",
}
ALIKE = 1.5  # times: one belief costs a little more here than there
FINDING = {"kind": str, "array": str, "line": int, "text": str, "source": str}
NO_LAUNCH = "no launch of the kernel came back"


class KernelJudge:
    """Compares with the oracle, then asks that nothing was found and no bound is passed."""

    def __init__(self, exercise: Exercise) -> None:
        self.rules = {
            precision: Rules(tolerance, exercise.strict_dtype)
            for precision, tolerance in exercise.tolerance.items()
        }
        self.bounds = exercise.measures

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        """Return right, or the first difference, the first finding, or the first bound passed."""
        if not _is_launch(actual):
            return Judgement(False, "form", NO_LAUNCH)
        findings, told = actual["findings"], []
        difference = self.difference(solved, actual, solved.expected)
        if difference is not None and actual["outputs"]:
            printed = solved.printed_at(difference.index) if difference.index else ""
            told.append(difference.message + (f" (slide: {printed})" if printed else ""))
        if findings:
            told.append(_in_words(findings[0]))
        if told or difference is not None:
            stage = findings[0]["kind"] if findings else "values"
            return Judgement(False, stage, "\n".join(told) or NO_LAUNCH)
        return self._measured(actual["measures"])

    def difference(self, solved: SolvedCase, actual: Any, other: Any) -> Difference | None:
        """Return the first difference between the arrays of two launches."""
        rules = self.rules[solved.case.precision]
        if set(actual["outputs"]) != set(other["outputs"]):
            return Difference("answer", "other arrays were filled")
        for name, array in other["outputs"].items():
            difference = compare(actual["outputs"][name], array, rules, name)
            if difference is not None:
                return difference
        return None

    def _measured(self, measures: Mapping[str, Any]) -> Judgement:
        for name, bound in self.bounds.items():
            got, line = _worst(measures, name)
            if not _holds(name, got, bound):
                where = f"line {line}: " if line else ""
                cost = COSTS[name].format(got=f"{round(got, 3):g}")
                side = "least" if name in AT_LEAST else "most"
                message = f"right, but {where}{cost}; at {side} {bound:g} is wanted"
                return Judgement(False, name, message)
        return RIGHT

    def alike(self, solved: SolvedCase, actual: Any, other: Any) -> bool:
        """Return whether two launches filled alike, had the same findings and cost alike."""
        if not (_is_launch(actual) and _is_launch(other)):
            return _is_launch(actual) == _is_launch(other)
        if _found(actual) != _found(other):
            return False
        if self.difference(solved, actual, other) is not None:
            return False
        return all(self._costs_alike(name, actual, other) for name in self.bounds)

    def _costs_alike(self, name: str, actual: Any, other: Any) -> bool:
        (one, _), (two, _) = (_worst(answer["measures"], name) for answer in (actual, other))
        holding = {_holds(name, got, self.bounds[name]) for got in (one, two)}
        return holding == {True} or (holding == {False} and one <= ALIKE * two <= ALIKE**2 * one)


def is_faultless(answer: Any) -> bool:
    """Return whether an answer is a launch that filled its arrays, and nothing was found in it."""
    return _is_launch(answer) and bool(answer["outputs"]) and not answer["findings"]


def _is_launch(answer: Any) -> bool:
    """Return whether an answer has the form of a launch: a stranger may send anything."""
    match answer:
        case {"outputs": dict(), "findings": list(findings), "measures": dict(), **rest}:
            return not rest and all(_is_finding(finding) for finding in findings)
    return False


def _is_finding(finding: Any) -> bool:
    if not isinstance(finding, dict) or set(finding) != set(FINDING):
        return False
    return all(type(finding[name]) is kind for name, kind in FINDING.items())


def _found(answer: Any) -> set[tuple[str, str]]:
    return {(finding["kind"], finding["array"]) for finding in answer["findings"]}


def _in_words(finding: Mapping[str, Any]) -> str:
    """Return the message of the simulator with its line of the source below."""
    line = finding["line"]
    told = f"line {line}: {finding['text']}" if line else finding["text"]
    return f"{told}\n    {line} | {finding['source']}" if finding["source"] else str(told)


def _worst(measures: Mapping[str, Any], name: str) -> tuple[float, str]:
    """Return the measure, of one by lines the worst with its line; NaN where it is no number."""
    value = measures.get(name, math.nan)
    if not isinstance(value, Mapping):
        return _number(value), ""
    lines = {line: _number(number) for line, number in value.items()}
    if not lines:
        return 1.0, ""  # nothing was accessed: what is best
    worst = min if name in AT_LEAST else max
    line = worst(lines, key=lines.__getitem__)
    return lines[line], line


def _number(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else math.nan


def _holds(name: str, got: float, bound: float) -> bool:
    """Return whether a measure keeps its bound; NaN keeps none."""
    return got >= bound if name in AT_LEAST else got <= bound
