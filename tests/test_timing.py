"""Speed as a ratio to the oracle. The clocks are made here: no test depends on a real one."""

import contextlib
import math
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.border.plain import PlainSandbox
from grader.course.answering import SolvedCase, solve
from grader.course.case import public_cases
from grader.course.course import load_course
from grader.course.exercise import Exercise
from grader.grading import Task, grade
from grader.judging.kinds import judge_of
from grader.results import ExerciseResult
from grader.submission import Source, Submission
from grader.timing import ROUNDS, Timer, timer_of
from grader.verify.course_check import renew, verify

FILES = {
    "exercises/add/exercise.yaml": """\
title: Adding
topic: speed
kind: timed
entry_point: add
arguments: {x: {dtype: float, shape: [N]}}
oracle: ./oracle.py:add
seed: 1
groups: {values: 1, speed: 3}
thresholds: [[2, 1.0], [20, 0.5]]
wrong_hand_ins: {wrong/sign.py: 0, wrong/half.py: 0.125}
""",
    "exercises/add/README.md": "# Adding\n",
    "exercises/add/starter.py": "def add(x):\n    raise NotImplementedError\n",
    "exercises/add/solution.py": "def add(x):\n    return float(x.sum())\n",
    "exercises/add/wrong/sign.py": "def add(x):\n    return -1.0 - float(x.sum())\n",
    "exercises/add/wrong/half.py": (
        "def add(x):\n    return float(x.sum()) if len(x) == 3 else None\n"
    ),
    "exercises/add/oracle.py": "import math\n\n\ndef add(x):\n    return math.fsum(x)\n",
    "exercises/add/lecture.yaml": "[]\n",
    "exercises/add/cases.py": (
        "import numpy as np\n\n\n"
        "def cases(rng):\n"
        '    yield "three", "values", {"x": np.arange(3.0)}\n'
        '    yield "four", "values", {"x": np.arange(4.0)}\n'
        '    yield "long", "speed", {"x": np.arange(1000.0)}\n'
    ),
    "assignments.yaml": "course: Speed\nassignments:\n  a: {title: A, exercises: {add: 8}}\n",
}
RIGHT = FILES["exercises/add/solution.py"]


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    for name, text in FILES.items():
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    renew(load_course(tmp_path / "course"), "add")
    return load_course(tmp_path / "course").exercise("add")


class Clocks:
    """Made-up CPU times: the oracle's, and the submission's for each call."""

    def __init__(self, oracle: list[float], submission: list[float]) -> None:
        self.oracle = self._steps(oracle)
        self.submission = iter(submission)
        self.asked = 0

    @staticmethod
    def _steps(seconds: list[float]) -> Iterator[float]:
        """Yield what a clock shows before and after each call."""
        for one in seconds:
            yield 0.0
            yield one

    def seconds_of_submission(self) -> float:
        self.asked += 1
        return next(self.submission)


def ratio(exercise: Exercise, monkeypatch: pytest.MonkeyPatch, clocks: Clocks) -> float:
    (solved,) = (s for s in solve(exercise, public_cases(exercise)) if s.case.name == "long")
    monkeypatch.setattr(time, "process_time", lambda: next(clocks.oracle))
    return Timer(exercise).ratio(solved, clocks.seconds_of_submission)


def test_the_best_of_several_counts_and_the_first_call_does_not(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = [0.001, 0.06, 0.04, 0.05, 0.03, 0.09, 0.04, 0.07]
    clocks = Clocks([0.02, 0.01, 0.03, 0.02, 0.05, 0.02, 0.02], theirs)
    assert ratio(exercise, monkeypatch, clocks) == pytest.approx(3.0)
    assert clocks.asked == ROUNDS + 1


def test_who_is_slow_is_not_called_again_and_again(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = Clocks([0.01] * ROUNDS, [0.6] * (ROUNDS + 1))
    assert ratio(exercise, monkeypatch, clocks) == pytest.approx(60.0)
    assert clocks.asked == 3


def test_who_does_not_come_back_is_infinitely_slow(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = Clocks([0.01] * ROUNDS, [0.1, math.inf])
    assert ratio(exercise, monkeypatch, clocks) == math.inf


@pytest.mark.parametrize(
    ("ratio", "share"), [(0.1, 1.0), (2.0, 1.0), (2.1, 0.5), (20.0, 0.5), (21, 0.0), (math.inf, 0)]
)
def test_the_share_is_that_of_the_thresholds(
    exercise: Exercise, ratio: float, share: float
) -> None:
    assert Timer(exercise).share(ratio) == share


def test_the_message_says_how_fast_and_what_is_wanted_next(exercise: Exercise) -> None:
    timer = Timer(exercise)
    told = "right, but it takes 5.3 times the CPU time of the reference; at most 2 times is wanted"
    assert timer.told(5.26).startswith(told)
    told = "right, but it takes 348 times the CPU time of the reference; at most 20 times is wanted"
    assert timer.told(348.2).startswith(told)


class Made(Timer):
    """A timer that measures what it is told to."""

    def __init__(self, exercise: Exercise, ratio: float) -> None:
        super().__init__(exercise)
        self.made = ratio

    def ratio(self, solved: SolvedCase, seconds_of_submission: object) -> float:
        assert solved.case.name == "long"
        return self.made


def graded(exercise: Exercise, code: str, ratio: float) -> ExerciseResult:
    cases = solve(exercise, public_cases(exercise))
    timer = Made(exercise, ratio)
    task = Task(exercise, cases, {}, 8.0, judge_of(exercise), timer)
    (result,) = grade(
        Submission("ada", (Source("add.py", code.encode()),)), (task,), PlainSandbox()
    )
    return result


@pytest.mark.parametrize(("ratio", "points"), [(1.0, 8.0), (5.0, 5.0), (50.0, 2.0)])
def test_a_right_answer_gets_the_share_for_its_speed(
    exercise: Exercise, ratio: float, points: float
) -> None:
    result = graded(exercise, RIGHT, ratio)
    assert result.points == points
    assert result.verdict == ("passed" if points == 8 else "wrong")
    assert [case.points for case in result.cases] == [1.0, 1.0, points - 2]
    assert ("times the CPU time" in result.cases[2].message) == (points < 8)


def test_a_wrong_answer_is_not_timed(exercise: Exercise) -> None:
    result = graded(exercise, RIGHT.replace("x.sum()", "x.mean()"), ratio=1.0)
    assert result.points == 0.0


def test_a_timed_exercise_verifies(exercise: Exercise) -> None:
    """With real clocks, and hand-ins that are far from every threshold."""
    course = load_course(exercise.folder.parents[1])
    assert verify(course, "add").findings == ()


def test_the_time_of_a_case_is_read_from_outside(exercise: Exercise) -> None:
    slow = "import time\n\ndef add(x):\n    end = time.process_time() + 0.05\n"
    slow += "    while time.process_time() < end:\n        pass\n    return float(x.sum())\n"
    cases = solve(exercise, public_cases(exercise))
    task = Task(exercise, cases, {}, 8.0, judge_of(exercise), timer_of(exercise))
    submission = Submission("ada", (Source("add.py", slow.encode()),))
    (result,) = grade(submission, (task,), PlainSandbox())
    assert result.points == 2.0


def test_where_nobody_knows_the_cpu_time_the_clock_on_the_wall_counts(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.submitted import Submitted

    monkeypatch.setattr(Submitted, "cpu_seconds", lambda self: math.nan)
    (solved, *_) = solve(exercise, public_cases(exercise))
    submission = Submission("ada", (Source("add.py", RIGHT.encode()),))
    with contextlib.closing(Submitted(submission, PlainSandbox())) as submitted:
        assert 0 < submitted.cpu_time_of(exercise, "add.py", solved) < 60


def test_an_oracle_that_cannot_be_loaded_costs_the_student_nothing(exercise: Exercise) -> None:
    """As where Numba is missing, which only the oracle needs."""
    cases = solve(exercise, public_cases(exercise))
    broken = replace(exercise, oracle="./nowhere.py:add")
    task = Task(broken, cases, {}, 8.0, judge_of(exercise), timer_of(broken))
    submission = Submission("ada", (Source("add.py", RIGHT.encode()),))
    (result,) = grade(submission, (task,), PlainSandbox())
    assert (result.verdict, result.points) == ("course_error", None)
    assert "nowhere.py is not there" in result.cases[2].message
