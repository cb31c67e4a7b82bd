"""From verdicts to points, from answers to a hint, and the result as JSON."""

import itertools
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.border import frames
from grader.border.sandbox import Answered, Died, Raised, Reply, TimedOut
from grader.course.answering import Outcome, SolvedCase
from grader.course.case import Case
from grader.course.exercise import Exercise, Tolerance
from grader.judging.explain import explanation
from grader.judging.judge import ArraysJudge
from grader.judging.score import Finding, case_points, score
from grader.results import (
    ORDER,
    OUR_FAULT,
    SCHEMA,
    CaseResult,
    ExerciseResult,
    Result,
    overall,
    total,
)

VERDICTS = ("passed", *ORDER)


def exercise(**groups: float) -> Exercise:
    return Exercise(
        name="edges",
        folder=Path("/nowhere"),
        title="Edges",
        topic="tests",
        entry_point="edges",
        oracle="./oracle.py:edges",
        seed=1,
        groups=groups or {"lecture": 1.0},
        tolerance={"float64": Tolerance(1e-9, 1e-12), "float32": Tolerance(1e-4, 1e-6)},
    )


def solved(
    name: str,
    group: str = "lecture",
    expected: Any = None,
    mistakes: dict[str, Outcome] | None = None,
) -> SolvedCase:
    case = Case(name, group, frames.encode({}), hidden=name.endswith("-hidden"))
    return SolvedCase(case, expected, mistakes or {})


def scored(
    weights: dict[str, float], points: float, verdicts: dict[tuple[str, str], str]
) -> ExerciseResult:
    """Return the result of an exercise whose cases, (group, name), got these verdicts."""
    cases = [solved(name, group) for group, name in verdicts]
    findings: dict[str, Finding] = {
        name: Finding(verdict) for (_, name), verdict in verdicts.items()
    }
    return score(exercise(**weights), points, cases, findings, hint="")


# Points.


def test_a_case_is_worth_its_share_of_its_group_and_the_group_its_weight() -> None:
    cases = [solved("a", "lecture"), solved("b", "lecture"), solved("c", "edges")]
    worth = case_points(exercise(lecture=1, edges=3), 8, cases)
    assert worth == {"a": 1, "b": 1, "c": 6}


def test_a_group_without_cases_takes_no_points_from_the_others() -> None:
    worth = case_points(exercise(lecture=1, edges=3), 8, [solved("a", "lecture")])
    assert worth == {"a": 8}


def test_points_are_those_of_the_cases_that_passed() -> None:
    verdicts = {("lecture", "a"): "passed", ("lecture", "b"): "wrong", ("edges", "c"): "raised"}
    result = scored({"lecture": 1, "edges": 3}, 8, verdicts)
    assert (result.points, result.max_points, result.verdict) == (1, 8, "raised")
    assert [(c.case, c.points, c.max_points) for c in result.cases] == [
        ("a", 1, 1),
        ("b", 0, 1),
        ("c", 0, 6),
    ]


groups = st.lists(
    st.tuples(st.floats(0.01, 100), st.integers(1, 40), st.integers(0, 40)), min_size=1, max_size=5
)


@given(groups, st.floats(0.01, 100).map(lambda points: round(points, 2)))
def test_all_passed_is_all_points_exactly(
    sizes: list[tuple[float, int, int]], points: float
) -> None:
    weights = {f"g{n}": weight for n, (weight, _, _) in enumerate(sizes)}
    verdicts = {
        (f"g{n}", f"g{n}-{k}"): "passed"
        for n, (_, size, _) in enumerate(sizes)
        for k in range(size)
    }
    result = scored(weights, points, verdicts)
    assert (result.points, result.verdict) == (points, "passed")
    none = scored(weights, points, dict.fromkeys(verdicts, "wrong"))
    assert (none.points, none.verdict) == (0, "wrong")


@given(groups, st.data())
def test_a_group_is_worth_the_same_in_check_and_in_batch(
    sizes: list[tuple[float, int, int]], data: st.DataObject
) -> None:
    """Hidden cases make a group's cases cheaper, never the group."""
    weights = {f"g{n}": weight for n, (weight, _, _) in enumerate(sizes)}
    right = {g: data.draw(st.sampled_from(["passed", "wrong"])) for g in weights}
    public: dict[tuple[str, str], str] = {}
    hidden: dict[tuple[str, str], str] = {}
    for n, (_, size, secret) in enumerate(sizes):
        g = f"g{n}"
        public |= {(g, f"{g}-{k}"): right[g] for k in range(size)}
        hidden |= {(g, f"{g}-{k}-hidden"): right[g] for k in range(secret)}
    check, batch = scored(weights, 10, public), scored(weights, 10, public | hidden)
    assert check.points == batch.points
    earned = sum(weights[g] for g in weights if right[g] == "passed") / sum(weights.values())
    assert check.points == pytest.approx(10 * earned, abs=1e-6)


@given(st.lists(st.sampled_from(["passed", "wrong", "skipped"]), min_size=1, max_size=60))
def test_the_points_of_the_cases_add_to_those_of_the_exercise(verdicts: list[str]) -> None:
    result = scored(
        {"lecture": 1}, 3, {("lecture", f"c{n}"): verdict for n, verdict in enumerate(verdicts)}
    )
    assert result.points is not None
    parts = [case.points for case in result.cases if case.points is not None]
    assert math.fsum(parts) == pytest.approx(result.points, abs=1e-6 * len(parts))
    assert result.points == pytest.approx(3 * verdicts.count("passed") / len(verdicts), abs=1e-6)


# Verdicts.


def test_the_order_of_verdicts_is_that_of_the_design() -> None:
    assert ORDER == (
        "course_error",
        "infrastructure",
        "forbidden",
        "no_answer",
        "timed_out",
        "out_of_memory",
        "killed",
        "raised",
        "wrong",
        "skipped",
    )
    assert ORDER[:2] == OUR_FAULT


@pytest.mark.parametrize(("graver", "other"), [*itertools.combinations((*ORDER, "passed"), 2)])
def test_the_graver_verdict_is_that_of_the_exercise(graver: str, other: str) -> None:
    assert overall([other, graver, "passed"]) == graver
    verdicts = {("lecture", "a"): other, ("lecture", "b"): graver, ("lecture", "c"): other}
    assert scored({"lecture": 1}, 1, verdicts).verdict == graver


def test_without_any_other_verdict_it_is_passed() -> None:
    assert overall([]) == overall(["passed"]) == "passed"


@pytest.mark.parametrize("ours", OUR_FAULT)
def test_our_fault_leaves_the_points_unknown_and_never_zero(ours: str) -> None:
    verdicts = {("lecture", "a"): "passed", ("lecture", "b"): ours, ("lecture", "c"): "wrong"}
    result = scored({"lecture": 1}, 3, verdicts)
    assert (result.points, result.max_points, result.verdict) == (None, 3, ours)
    assert [case.points for case in result.cases] == [1, None, 0]
    assert total([2.0, result.points]) is None


@pytest.mark.parametrize("verdict", ORDER[2:])
def test_a_students_fault_is_no_points_but_a_number(verdict: str) -> None:
    result = scored({"lecture": 1}, 3, {("lecture", "a"): verdict})
    assert result.points == 0
    assert result.cases[0].points == 0


def test_a_total_is_the_sum_or_unknown() -> None:
    assert total([]) == 0
    assert total([0.1] * 10) == 1
    assert total([1, None]) is None
    assert total([None]) is None


# Hints: the one mistake that explains every answer.

JUDGE = ArraysJudge(exercise())
HINTS = {"flipped": "Your kernel is flipped.", "shifted": "Your window is shifted."}
RIGHT, FLIPPED, SHIFTED, OTHER = (np.array([float(n)]) for n in range(4))
BROKEN = Raised("IndexError", ("IndexError", "LookupError"), "out of bounds")


def told(*answers: tuple[dict[str, Any], Any], hints: dict[str, str] | None = None) -> str:
    """Return the hint for answers, each with what the mistakes make of its case."""
    replies: list[tuple[SolvedCase, Reply]] = []
    for n, (mistakes, answer) in enumerate(answers):
        outcomes = {name: _outcome(value) for name, value in mistakes.items()}
        replies.append((solved(f"c{n}", expected=RIGHT, mistakes=outcomes), _outcome(answer)))
    return explanation(JUDGE, replies, HINTS if hints is None else hints)


def _outcome(value: Any) -> Any:
    return value if isinstance(value, Reply) else Answered(value)


def case(flipped: Any, shifted: Any, answer: Any) -> tuple[dict[str, Any], Any]:
    return {"flipped": flipped, "shifted": shifted}, answer


def test_a_hint_is_told_when_exactly_one_mistake_explains_all() -> None:
    assert told(case(FLIPPED, SHIFTED, FLIPPED)) == HINTS["flipped"]
    assert told(case(FLIPPED, RIGHT, RIGHT), case(RIGHT, SHIFTED, SHIFTED)) == HINTS["shifted"]


def test_no_hint_where_no_mistake_explains_all() -> None:
    assert told(case(FLIPPED, SHIFTED, OTHER)) == ""
    assert told(case(FLIPPED, SHIFTED, FLIPPED), case(FLIPPED, SHIFTED, SHIFTED)) == ""
    assert told(case(FLIPPED, SHIFTED, FLIPPED), case(FLIPPED, SHIFTED, RIGHT)) == ""


def test_a_mistake_must_be_right_where_the_answer_is_right() -> None:
    assert told(case(FLIPPED, SHIFTED, FLIPPED), case(RIGHT, RIGHT, RIGHT)) == HINTS["flipped"]
    assert told(case(FLIPPED, SHIFTED, FLIPPED), case(OTHER, RIGHT, RIGHT)) == ""


def test_no_hint_where_two_mistakes_explain_all() -> None:
    assert told(case(FLIPPED, FLIPPED, FLIPPED)) == ""
    both = case(FLIPPED, FLIPPED, FLIPPED), case(RIGHT, SHIFTED, RIGHT)
    assert told(*both) == HINTS["flipped"]


def test_two_mistakes_may_share_their_hint() -> None:
    shared = dict.fromkeys(HINTS, "Look at the kernel.")
    assert told(case(FLIPPED, FLIPPED, FLIPPED), hints=shared) == "Look at the kernel."
    three = shared | {"other": "Something else."}
    mistakes = dict.fromkeys(three, FLIPPED)
    assert told((mistakes, FLIPPED), hints=three) == ""


def test_answers_are_the_same_within_the_tolerance_and_not_beyond() -> None:
    assert told(case(FLIPPED, SHIFTED, FLIPPED * (1 + 1e-12))) == HINTS["flipped"]
    assert told(case(FLIPPED, SHIFTED, FLIPPED * (1 + 1e-6))) == ""
    assert told(case(FLIPPED, SHIFTED, [1.0])) == ""


def test_a_mistake_that_raises_explains_any_exception() -> None:
    other = Raised("ValueError", ("ValueError",), "shapes", "hw.py, line 3")
    assert told(case(BROKEN, SHIFTED, other)) == HINTS["flipped"]
    assert told(case(BROKEN, SHIFTED, FLIPPED)) == ""
    assert told(case(FLIPPED, SHIFTED, other)) == ""
    assert told(case(BROKEN, BROKEN, other)) == ""
    assert told(case(BROKEN, BROKEN, other), case(FLIPPED, SHIFTED, SHIFTED)) == HINTS["shifted"]


@pytest.mark.parametrize("reply", [TimedOut(5.0), Died("your program crashed (SIGSEGV)")])
def test_what_never_answered_is_explained_by_nothing(reply: Reply) -> None:
    assert told(case(FLIPPED, SHIFTED, FLIPPED), case(BROKEN, BROKEN, reply)) == ""


def test_without_mistakes_there_is_no_hint() -> None:
    assert told(({}, FLIPPED), hints={}) == ""


def test_the_hint_is_found_whatever_the_order_of_cases_and_mistakes() -> None:
    answers = [
        case(FLIPPED, SHIFTED, FLIPPED),
        case(RIGHT, RIGHT, RIGHT),
        case(BROKEN, RIGHT, BROKEN),
        case(OTHER, OTHER, OTHER),
    ]
    for order in itertools.permutations(answers):
        assert told(*order) == HINTS["flipped"]
        assert told(*order, hints=dict(reversed(HINTS.items()))) == HINTS["flipped"]


# The result as JSON.

RESULT_KEYS = [
    "schema",
    "course",
    "course_version",
    "grader_version",
    "assignment",
    "isolation",
    "seed",
    "points",
    "max_points",
    "exercises",
]
EXERCISE_KEYS = ["exercise", "points", "max_points", "verdict", "hint", "cases", "cpu_seconds"]
CASE_KEYS = ["case", "verdict", "points", "max_points", "message", "seconds"]

texts = st.text(max_size=10)
points = st.none() | st.floats(0, 100)
case_results = st.builds(
    CaseResult, texts, st.sampled_from(VERDICTS), points, st.floats(0, 100), texts, st.floats(0, 9)
)
exercise_results = st.builds(
    ExerciseResult,
    texts,
    points,
    st.floats(0, 100),
    st.sampled_from(VERDICTS),
    texts,
    st.lists(case_results, max_size=3).map(tuple),
    st.none() | st.floats(0, 9),
)
results = st.builds(
    Result,
    texts,
    texts,
    texts,
    st.none() | texts,
    st.sampled_from(["none", "weak", "strong", "full"]),
    st.none() | st.integers(0, 2**31),
    points,
    st.floats(0, 100),
    st.lists(exercise_results, max_size=3).map(tuple),
)


@given(results)
def test_a_result_survives_json(result: Result) -> None:
    stored = json.dumps(result.to_json(), allow_nan=False)
    assert Result.from_json(json.loads(stored)) == result
    assert json.dumps(Result.from_json(json.loads(stored)).to_json()) == stored


@given(results)
def test_the_keys_are_those_of_the_design_and_the_cpu_time(result: Result) -> None:
    told_of = json.loads(json.dumps(result.to_json()))
    assert list(told_of) == RESULT_KEYS
    assert told_of["schema"] == SCHEMA == "gradecheck/result/v1"
    for one in told_of["exercises"]:
        assert list(one) == EXERCISE_KEYS
        assert all(list(single) == CASE_KEYS for single in one["cases"])


def test_a_result_is_complete_when_its_points_are_known() -> None:
    facts = ("c", "v", "g", "a1", "none", 1)
    assert Result(*facts, 0.0, 1.0, ()).complete
    assert not Result(*facts, None, 1.0, ()).complete
