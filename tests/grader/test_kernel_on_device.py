"""A GPU's word on a kernel: beside the hint where there is one, and else nothing.

No GPU is needed: Numba's own simulator takes its place in the child, or a stand-in does.
"""

import itertools
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader import compiling
from grader.border import compiled, plain
from grader.border.compiled import NOTHING, TIMED_LAUNCHES, on_device
from grader.border.proof import sandbox_of
from grader.border.sandbox import Answered
from grader.checking import task_of
from grader.compiling import FAULT, SAME, Word
from grader.course.course import Course, load_course
from grader.course.exercise import Exercise
from grader.grading import Task, grade
from grader.submission import Source, Submission
from grader.submitted import Submitted
from grader.verify import course_check
from grader.verify.checks import CHECKS, STRANGE, findings
from grader.verify.device import Device
from grader.verify.finding import Finding, Material

RIGHT = """from numba import cuda, float32


@cuda.jit
def cuda_map(out, a):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = a[i] + float32(10)
"""
# What only Numba's own `cuda` has tells the stand-in for a GPU from the grader's simulator.
ELSEWHERE = 'is_gpu = hasattr(cuda, "gpus")\n\n\n@cuda'
FILLS_OTHERS = RIGHT.replace("@cuda", ELSEWHERE).replace("(10)", "(11 if is_gpu else 10)")
FAILS = RIGHT.replace("@cuda", ELSEWHERE).replace("a[i]", "a[a.size if is_gpu else i]")
WRONG = RIGHT.replace("+ float32(10)", "- float32(10)")


@pytest.fixture
def numbas_simulator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the compiler's child have Numba's simulator, as if it were the extra and a GPU."""
    environment = plain.environment
    more = {"NUMBA_ENABLE_CUDASIM": "1"}
    monkeypatch.setattr(plain, "environment", lambda folder: environment(folder) | more)
    monkeypatch.setattr(compiling, "has_compiler", lambda: True)
    monkeypatch.setattr(compiling, "_distributions", lambda: ("numpy", "numba", "llvmlite"))


@pytest.fixture
def task(course: Course) -> Task:
    return task_of(course, course.exercise("cuda_map"))


@pytest.mark.usefixtures("numbas_simulator")
@pytest.mark.parametrize(
    ("code", "points", "note"),
    [
        (RIGHT, 1.0, f"{SAME}."),
        (FILLS_OTHERS, 1.0, f"{FAULT}out: values differ in 10 of 10 places"),
        (FAILS, 1.0, f"{FAULT}IndexError: "),
        (WRONG, 0.0, f"{SAME}."),
    ],
)
def test_a_launch_on_the_device_is_told_beside_the_hint(
    code: str, points: float, note: str, task: Task
) -> None:
    submission = Submission("student", (Source("answer.py", code.encode()),))
    (result,) = grade(submission, (task,), sandbox_of("none"))
    assert result.hint.splitlines()[-1].startswith(note)
    assert result.points == points


LAUNCHED = {"outputs": {"out": np.zeros(3)}, "findings": [], "measures": {}}
A_RACE = {"kind": "race", "array": "out", "line": 7, "text": "a race", "source": ""}


@pytest.mark.parametrize(
    ("level", "hidden", "simulated", "outputs"),
    [
        ("none", False, LAUNCHED, ("out",)),
        ("none", False, None, ()),
        ("none", False, LAUNCHED | {"findings": [A_RACE]}, ()),
        ("none", False, LAUNCHED | {"outputs": {}}, ()),
        ("none", True, LAUNCHED, ()),
        *((level, False, LAUNCHED, ()) for level in ("weak", "strong", "full")),
    ],
)
def test_a_device_is_asked_only_for_what_is_faultless_public_and_not_isolated(
    level: str,
    hidden: bool,
    simulated: Any,
    outputs: tuple[str, ...],
    task: Task,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, ...]] = []

    def run(submitted: Any, exercise: Exercise, *about: Any) -> list[Any]:
        asked.append(exercise.outputs)
        return []

    monkeypatch.setattr(compiling, "has_compiler", lambda: True)
    monkeypatch.setattr(compiling, "_distributions", lambda: ("numpy",))
    monkeypatch.setattr(Submitted, "run", run)
    solved = replace(task.cases[0], case=replace(task.cases[0].case, hidden=hidden))
    sandbox: Any = SimpleNamespace(level=level)
    about = (Submission("student", ()), "f.py", solved, sandbox, simulated)
    assert compiling.asked(task.exercise, *about) == Word()
    assert asked == [outputs]


class Gpu:
    """A stand-in for `numba.cuda` whose events count 0.001 ms more for each launch."""

    def __init__(self) -> None:
        self.launched: list[Any] = []
        self.configured: Any = None

    def __getitem__(self, configuration: Any) -> Callable[..., None]:
        self.configured = configuration
        return self.launch

    def launch(self, out: Any, a: Any, scale: Any) -> None:
        out.data += scale * a.data
        self.launched.append(out)

    def to_device(self, array: Any) -> Any:
        data = array.copy()
        return SimpleNamespace(data=data, copy_to_host=lambda: data)

    def synchronize(self) -> None: ...

    def event(self) -> Any:
        return SimpleNamespace(record=lambda: None, synchronize=lambda: None)

    def event_elapsed_time(self, start: Any, end: Any) -> float:
        return 0.001 * len(self.launched)


INPUTS = {"grid": [2, 1], "block": 4, "out": np.zeros(3), "a": np.arange(3.0), "scale": 2.0}


def test_each_launch_gets_the_arrays_as_they_were() -> None:
    gpu = Gpu()
    told = on_device(gpu, gpu, INPUTS, ["out", "a", "scale"], ["out"])
    assert told["outputs"]["out"].tolist() == [0, 2, 4]
    assert [out.data.tolist() for out in gpu.launched] == [[0, 2, 4]] * (1 + TIMED_LAUNCHES)
    assert gpu.configured == ((2, 1), 4, 0, 0)
    assert INPUTS["out"].tolist() == [0, 0, 0]


def test_the_time_is_the_median_in_microseconds() -> None:
    gpu = Gpu()
    told = on_device(gpu, gpu, INPUTS, ["out", "a", "scale"], ["out"])
    assert told["microseconds"] == pytest.approx(2 + TIMED_LAUNCHES // 2)


def test_a_launch_that_fails_is_told() -> None:
    gpu = Gpu()
    gpu.launch = lambda *arrays: [].pop()  # type: ignore[method-assign]
    told = on_device(gpu, gpu, INPUTS, ["out", "a", "scale"], ["out"])
    assert told == {"failed": "IndexError: pop from empty list"}


@pytest.mark.parametrize("is_available", [lambda: False, lambda: [].pop()])
def test_a_device_that_cannot_be_used_is_none(
    is_available: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numba.cuda", SimpleNamespace(is_available=is_available))
    monkeypatch.setattr(compiled, "_refusal", lambda *about: "")
    monkeypatch.setattr("resource.setrlimit", lambda *limits: None)  # this is the tests' process
    assert compiled.harness(["out"], ["out"])(print, INPUTS) == NOTHING


def said(task: Task, monkeypatch: pytest.MonkeyPatch, reply: Any, simulated: Any) -> Word:
    """Return the word where a child replies this."""
    monkeypatch.setattr(compiling, "has_compiler", lambda: True)
    monkeypatch.setattr(Submitted, "run", lambda *told: [(None, Answered(reply))])
    about = (Submission("student", ()), "f.py", task.cases[0], sandbox_of("none"))
    return compiling.asked(task.exercise, *about, simulated)


def test_without_a_device_nothing_is_said(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(task, monkeypatch, NOTHING, LAUNCHED).note == ""


def test_the_time_stands_in_the_note(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = {"refused": "", "failed": "", "outputs": {"out": np.zeros(3)}, "microseconds": 12.34}
    word = said(task, monkeypatch, reply, LAUNCHED)
    assert word.note == f"{SAME}, in 12.3 microseconds."


def test_a_stranger_may_reply_anything_in_a_gpus_name(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one, other in itertools.product(STRANGE, STRANGE):
        simulated = LAUNCHED | {"outputs": {"out": one}}
        reply = {"refused": "", "failed": "", "outputs": {"out": other}, "microseconds": other}
        assert len(said(task, monkeypatch, reply, simulated).note) < 500
        assert said(task, monkeypatch, other, simulated) == Word()


def test_verify_says_what_a_solution_does_on_the_device(
    monkeypatch: pytest.MonkeyPatch, copied_course: Callable[..., Path]
) -> None:
    given: list[Any] = []

    def asked(exercise: Exercise, *about: Any) -> Word:
        given.append(about[-1])
        return Word(fault="other", ran=True)

    check = "solution runs on the device"
    monkeypatch.setattr("grader.verify.checks.asked", asked)
    folder = copied_course("cuda_map", "relu")
    for device, name, found in (
        (Device("a GPU"), "cuda_map", ["solution.py: other"]),
        (Device("a GPU"), "relu", []),
        (Device(missing="no driver"), "cuda_map", []),
    ):
        monkeypatch.setattr("grader.verify.checks.find_device", lambda device=device: device)
        material = Material(load_course(folder).exercise(name), {})
        assert findings(material, check) == [Finding(check, problem) for problem in found]
    (simulated,) = given
    assert simulated["outputs"]["out"].shape == (10,)


@pytest.mark.parametrize("is_there", [True, False])
def test_verify_names_only_the_checks_that_the_machine_can_make(
    is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device("a GPU") if is_there else Device(missing="no driver")
    monkeypatch.setattr(course_check, "has_compiler", lambda: is_there)
    monkeypatch.setattr(course_check, "find_device", lambda: device)
    lacking = set() if is_there else {"solution compiles", "solution runs on the device"}
    assert set(course_check.checks_made_here()) == set(CHECKS) - lacking
