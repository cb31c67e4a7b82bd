"""Kernels: launched in the simulator beside a submission, judged by what they fill, do and cost."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader import simulator
from grader.border import frames, kernel
from grader.course import modules
from grader.course.answering import SolvedCase, harness_of
from grader.course.case import Case
from grader.course.exercise import Argument, Exercise
from grader.judging.judge import Judgement
from grader.judging.kernel import COSTS, KernelJudge

HEAD = "from numba import cuda, float32, int32\n\n\n@cuda.jit\n"
RIGHT = "def f(out, a):\n    i = cuda.grid(1)\n    if i < out.size:\n        out[i] = a[i] + 10\n"
NO_GUARD = "def f(target, source):\n    i = cuda.grid(1)\n    target[i] = source[i] + 10\n"
UNFILLED = """\
def f(out, a):
    tile = cuda.shared.array(8, float32)
    i = cuda.threadIdx.x
    if i < out.size:
        out[i] = tile[7 - i]
"""
RACE = {"kind": "race", "array": "out", "line": 7, "text": "a data race", "source": "out[0] = i"}
ONE = np.arange(4.0, dtype=np.float32)


def exercise(**more: Any) -> Exercise:
    arguments = (Argument("out", "float32"), Argument("a", "float32"))
    known: dict[str, Any] = {"entry_point": "f", "oracle": "./oracle.py:f", "seed": 1}
    built = Exercise("f", Path(), "", "", **known, groups={"g": 1.0}, arguments=arguments)
    return replace(built, kind="kernel", outputs=("out",), **more)


def launched(code: str, tmp_path: Path, block: int = 8, **more: Any) -> Any:
    """Return what comes back of a launch of `f` with five elements."""
    path = tmp_path / "f.py"
    path.write_text(HEAD + code, encoding="utf-8")
    entry = modules.function(path, "f", is_launched=True)
    a = np.arange(5, dtype=np.float32)
    inputs = {"grid": 1, "block": block, "out": np.zeros(5, np.float32), "a": a}
    return harness_of(exercise())(entry, inputs | more)


def told(array: Any = ONE, *findings: dict[str, Any], **measures: Any) -> dict[str, Any]:
    return {"outputs": {"out": array}, "findings": list(findings), "measures": measures}


STOPPED = {"outputs": {}, "findings": [RACE], "measures": {}}


def judged(answer: Any, **bounds: float) -> Judgement:
    solved = SolvedCase(Case("c", "g", frames.encode({"a": ONE})), told())
    return KernelJudge(exercise(measures=bounds)).judge(solved, answer)


def alike(one: Any, other: Any, **bounds: float) -> bool:
    solved = SolvedCase(Case("c", "g", frames.encode({"a": ONE})), told())
    return KernelJudge(exercise(measures=bounds)).alike(solved, one, other)


# The harness


def test_what_comes_back_is_filled_found_and_measured(tmp_path: Path) -> None:
    answer = launched(RIGHT, tmp_path)
    assert answer["outputs"]["out"].tolist() == [10, 11, 12, 13, 14]
    assert answer["findings"] == []
    assert (answer["measures"]["global_reads"], answer["measures"]["global_writes"]) == (1, 1)
    assert answer["measures"]["coalescing"] == {"8": 1.0}
    assert frames.decode(frames.encode(answer))["measures"] == answer["measures"]


def test_a_finding_has_its_line_and_the_array_as_the_exercise_calls_it(tmp_path: Path) -> None:
    answer = launched(NO_GUARD, tmp_path)
    (finding,) = answer["findings"]
    assert answer["outputs"] == {}
    assert (finding["kind"], finding["array"], finding["line"]) == ("bounds", "a", 7)
    assert finding["source"] == "target[i] = source[i] + 10"
    assert "source[5]" in finding["text"]


def test_an_array_in_shared_memory_is_the_kernels_own(tmp_path: Path) -> None:
    found = launched(UNFILLED, tmp_path)["findings"]
    assert [(finding["kind"], finding["array"]) for finding in found] == [("uninitialised", "own")]


def test_dynamic_shared_memory_and_blocks_of_several_axes_are_launched(tmp_path: Path) -> None:
    code = (
        "def f(out, a):\n"
        "    cache = cuda.shared.array(0, float32)\n"
        "    i = cuda.threadIdx.x + 4 * cuda.threadIdx.y\n"
        "    cache[i] = i\n"
        "    cuda.syncthreads()\n"
        "    if i < out.size:\n"
        "        out[i] = cache[7 - i]\n"
    )
    answer = launched(code, tmp_path, block=[4, 2], grid=[1, 1], shared_bytes=32)
    assert answer["outputs"]["out"].tolist() == [7, 6, 5, 4, 3]
    assert answer["measures"]["shared_bytes"] == 32


@pytest.mark.parametrize(
    ("code", "error", "text"),
    [
        ("def f(out, a):\n    raise NotImplementedError('later')\n", NotImplementedError, "later"),
        ("def f(out, a):\n    out[0] = nothing\n", NameError, "'nothing' is not defined.*line 6"),
        ("def f(out):\n    pass\n", TypeError, "f takes 1 arguments, it is given 2"),
    ],
)
def test_an_exception_of_a_kernel_is_raised(
    code: str, error: type[Exception], text: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=text):
        launched(code, tmp_path)


@pytest.mark.parametrize("decorated", ["def f(out, a):\n    pass\n", "f = None\n"])
def test_who_forgets_the_decorator_is_told_so(decorated: str) -> None:
    names: dict[str, Any] = {}
    exec(decorated, names)
    with pytest.raises(TypeError, match=r"function of the host: write @cuda\.jit above it"):
        kernel.harness(simulator.launch, ("out", "a"), ("out",))(names["f"], {})


def test_an_oracle_is_asked_for_arrays_and_costs_what_is_allowed() -> None:
    def oracle(grid: int, block: int, out: np.ndarray, a: np.ndarray) -> np.ndarray:
        return a + grid * block

    inputs = {"grid": 2, "block": 3, "shared_bytes": 8, "out": ONE, "a": ONE}
    answer = kernel.expected(("out",), {"barriers": 2})(oracle, inputs)
    assert kernel.filled(answer).tolist() == [6, 7, 8, 9]
    assert answer["measures"] == {"barriers": 2}
    two = kernel.expected(("out", "a"), {})(lambda **given: {"out": ONE, "a": -ONE}, inputs)
    assert list(kernel.filled(two)) == ["out", "a"]


# The judge


def test_each_measure_of_the_simulator_can_be_bounded() -> None:
    assert list(COSTS) == [field.name for field in fields(simulator.Measures)]


@pytest.mark.parametrize(
    ("answer", "fault", "message"),
    [
        (
            told(ONE + 1),
            "values",
            "out: values differ in 4 of 4 places; first at [0]: got 1.0, expected 0.0",
        ),
        (told(ONE, RACE), "race", "line 7: a data race\n    7 | out[0] = i"),
        (
            told(ONE * 2, RACE),
            "race",
            "out: values differ in 3 of 4 places; first at [1]: got 2.0, expected 1.0\n"
            "line 7: a data race\n    7 | out[0] = i",
        ),
        (STOPPED, "race", "line 7: a data race\n    7 | out[0] = i"),
        (told(ONE, RACE | {"line": 0, "source": ""}), "race", "a data race"),
    ],
)
def test_values_come_first_then_the_first_finding(answer: Any, fault: str, message: str) -> None:
    judgement = judged(answer)
    assert (judgement.right, judgement.fault, judgement.message) == (False, fault, message)


@pytest.mark.parametrize(
    ("bounds", "measures", "message"),
    [
        ({"global_reads": 2}, {"global_reads": 2}, ""),
        (
            {"global_reads": 2},
            {"global_reads": 3},
            "right, but a thread reads global memory 3 times; at most 2 is wanted",
        ),
        ({"coalescing": 0.9}, {"coalescing": {"8": 1.0, "9": 0.9}}, ""),
        ({"coalescing": 0.9}, {"coalescing": {}}, ""),
        (
            {"coalescing": 0.9},
            {"coalescing": {"8": 1.0, "9": 0.125}},
            "right, but line 9: of the global memory that a warp moves it uses a share of 0.125;"
            " at least 0.9 is wanted",
        ),
        (
            {"bank_conflicts": 1},
            {"bank_conflicts": {"8": 32.0, "9": 1.0}},
            "right, but line 8: a warp's access to shared memory takes 32 passes, for its bank"
            " conflicts; at most 1 is wanted",
        ),
    ],
)
def test_a_bound_is_asked_of_right_answers(
    bounds: dict[str, float], measures: dict[str, Any], message: str
) -> None:
    judgement = judged(told(ONE, **measures), **bounds)
    assert (judgement.right, judgement.message) == (not message, message)


@pytest.mark.parametrize(
    "strange",
    [
        None,
        ONE,
        {},
        {"outputs": ONE, "findings": [], "measures": {}},
        told(ONE, {"kind": "race"}),
        told(ONE, RACE | {"line": "7"}),
        told() | {"verdict": "passed"},
        {"outputs": {}, "findings": [], "measures": {}},
        {"outputs": {"other": ONE}, "findings": [], "measures": {}},
        told(ONE, global_reads="few"),
        told(ONE, global_reads=True),
        told(ONE, global_reads=float("nan")),
        told(ONE),
        told(ONE, global_reads={"8": ONE}),
    ],
)
def test_what_is_no_launch_is_wrong(strange: Any) -> None:
    assert not judged(strange, global_reads=1).right
    assert isinstance(alike(strange, told(), global_reads=1), bool)


def test_mistakes_are_told_apart_by_arrays_findings_and_bounds_that_are_passed() -> None:
    assert alike(told(ONE, RACE), told(ONE, RACE | {"line": 9, "text": "", "source": ""}))
    assert not alike(told(ONE, RACE), told(ONE, RACE | {"kind": "barrier"}))
    assert not alike(told(ONE, RACE), told(ONE, RACE | {"array": "own"}))
    assert not alike(told(ONE), told(ONE + 1))
    assert not alike(told(ONE), STOPPED)
    assert alike(told(ONE, global_reads=1), told(ONE, global_reads=9))
    assert alike(told(ONE, global_reads=1), told(ONE, global_reads=2), global_reads=3)
    assert alike(told(ONE, global_reads=7), told(ONE, global_reads=8), global_reads=3)
    assert not alike(told(ONE, global_reads=7), told(ONE, global_reads=30), global_reads=3)
    assert not alike(told(ONE, global_reads=3), told(ONE, global_reads=4), global_reads=3)
