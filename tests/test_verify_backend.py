"""`grade verify --backend`: the oracle on a GPU, or what stands for one, against the CPU."""

import ctypes
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import Result

from grader.course.course import Course, whole_exercise
from grader.verify import backends, device
from grader.verify.backends import Elsewhere, Place, prove_package
from grader.verify.device import Device, find_device
from grader.verify.other_backend import Agreement, compare, count_numbers

ORACLE = """
import numpy as np

def relu(x, backend="cpu"):
    return np.maximum(x, 0) + {slip}
"""


@pytest.fixture
def no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a GPU, whatever this one has."""
    missing = Device(missing="no NVIDIA driver was found")
    monkeypatch.setattr(backends, "find_device", lambda: missing)


def with_oracle(copied_course: Callable[..., Path], slip: str) -> Path:
    """Return a course whose one oracle has a backend, and on it a slip."""
    folder = copied_course("relu")
    exercise = folder / "exercises/relu/exercise.yaml"
    text = exercise.read_text(encoding="utf-8")
    exercise.write_text(re.sub(r"oracle: .*", "oracle: ./oracle.py:relu", text), encoding="utf-8")
    (exercise.parent / "oracle.py").write_text(ORACLE.format(slip=slip), encoding="utf-8")
    return folder


def test_a_simulator_is_never_called_a_gpu(typed: Callable[..., Result], no_device: None) -> None:
    result = typed("verify", "relu", "one_hot", "--backend", "cuda")
    assert result.exit_code == 0, result.output
    first = "backend cuda: in Numba's simulator, which is no GPU (no NVIDIA driver was found)"
    assert first in result.output
    assert "✓ relu: 13 cases as on the CPU\n" in result.output
    assert "1 exercises whose oracle has no backend: one_hot" in result.output
    last = "in order: cuda: 13 cases of 1 exercises as on the CPU (simulated, on no GPU)"
    assert result.output.strip().endswith(last)


def test_all_backends_are_the_cpu_and_the_other(
    typed: Callable[..., Result], no_device: None, copied_course: Callable[..., Path]
) -> None:
    folder = with_oracle(copied_course, "0")
    told = json.loads(
        typed("verify", "--backend", "all", "--course", folder, "--json", "relu").output
    )
    assert told["exercises"][0]["cases"] == 13
    assert told["cuda"]["agreements"] == [
        {
            "exercise": "relu",
            "agreeing": 13,
            "too_large": 0,
            "problems": [],
            "has_backends": True,
        }
    ]
    assert not told["cuda"]["place"]["is_device"]
    assert told["cuda"]["proofs"] == []  # the oracle is of no package


def test_another_answer_of_the_other_backend_is_not_in_order(
    typed: Callable[..., Result], no_device: None, copied_course: Callable[..., Path]
) -> None:
    folder = with_oracle(copied_course, "1e-6 * (backend == 'cuda')")
    result = typed("verify", "relu", "--backend", "cuda", "--course", folder)
    assert result.exit_code == 1
    assert "✗ relu: " in result.output
    assert "cuda and the default differ: values differ" in result.output
    assert re.search(r"\d+ differ \(simulated, on no GPU\)", result.output)


def test_only_answers_of_the_cpu_are_frozen(typed: Callable[..., Result]) -> None:
    result = typed("verify", "relu", "--freeze", "--backend", "cuda")
    assert result.exit_code == 2
    assert "frozen are those of the CPU" in result.output


def test_large_cases_are_counted_and_left_out(course: Course) -> None:
    exercise, _ = whole_exercise(course, "relu")
    everything = compare(exercise, "cpu", float("inf"))
    some = compare(exercise, "cpu", 3)
    assert everything == Agreement("relu", agreeing=13)
    assert some.agreeing + some.too_large == 13
    assert some.too_large > 0


def test_what_an_oracle_raises_is_told_in_a_line(course: Course) -> None:
    exercise, _ = whole_exercise(course, "relu")
    (problem, *_) = compare(exercise, "tpu", 3).problems
    assert "the oracle reference:relu raises ValueError: backend: got 'tpu'" in problem
    assert "\n" not in problem


def test_all_numbers_of_the_inputs_count() -> None:
    assert count_numbers({"x": np.zeros((2, 3)), "sizes": [1, 2], "name": "relu"}) == 9


@pytest.mark.parametrize(
    ("status", "printed", "said", "text"),
    [
        (0, {"compiled": [{"error": ""}] * 3, "faults": []}, "", "3 of its functions for GPUs, no"),
        (1, {"compiled": [{"error": "x"}], "faults": ["f: 16 bytes"]}, "", "0 of its functions"),
        (3, None, "nothing is compiled: why", "nothing is compiled: why"),
    ],
)
def test_a_package_of_oracles_proves_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status, printed, said, text
) -> None:
    says = f"print({json.dumps(printed)!r}); sys.stderr.write({said!r})"
    code = f"import sys; {says}; sys.exit({status})"
    (tmp_path / "oracles/cuda").mkdir(parents=True)
    (tmp_path / "oracles/__init__.py").touch()
    (tmp_path / "oracles/cuda/__main__.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    proof = prove_package("oracles")
    assert proof.text.startswith(text)
    faults = tuple(printed["faults"]) if printed else ()
    assert proof.faults == faults
    assert Elsewhere(Place(False, ""), (), (proof,)).in_order == (status != 1)


def drive(count: int) -> SimpleNamespace:
    """Return what stands for NVIDIA's driver on a machine with so many GPUs."""

    def count_devices(number) -> int:
        number._obj.value = count
        return 0

    def name_device(text, size: int, index: int) -> int:
        text.value = b"NVIDIA H200"
        return 0

    return SimpleNamespace(
        cuInit=lambda flags: 0, cuDeviceGetCount=count_devices, cuDeviceGetName=name_device
    )


@pytest.mark.parametrize(
    ("count", "is_installed", "text"),
    [
        (0, True, "the NVIDIA driver finds no GPU"),
        (1, True, "NVIDIA H200"),
        (1, False, 'NVIDIA H200: numba-cuda is not installed (pip install "gradecheck[cuda]")'),
    ],
)
def test_the_driver_tells_which_gpu_there_is(
    monkeypatch: pytest.MonkeyPatch, count: int, is_installed: bool, text: str
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: drive(count))
    monkeypatch.setattr(device, "find_spec", lambda name: object() if is_installed else None)
    found = find_device.__wrapped__()
    assert found.text == text
    assert found.is_usable == (count > 0 and is_installed)


def test_a_machine_without_a_driver_has_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", fail)
    assert find_device.__wrapped__() == Device(missing="no NVIDIA driver was found")


def test_doctor_tells_of_the_gpu(typed: Callable[..., Result]) -> None:
    assert typed("doctor").output.splitlines()[-1] == f"GPU: {find_device().text}"
    assert json.loads(typed("doctor", "--json").output)["device"]["name"] == find_device().name
