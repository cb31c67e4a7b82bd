"""The kernels for GPUs on a machine that has none: simulated, and each with a proof to compile."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from numba import float32, float64, int64

import reference
from reference.backends import BACKENDS
from reference.cuda import compilation
from reference.cuda.__main__ import find_faults
from reference.cuda.compilation import Compiled, Entry, name_dtype
from reference.cuda.families import list_families, list_unproved
from reference.cuda.proof import Proof

ROOT = Path(__file__).parents[1]
WITHOUT_EXTRA = pytest.mark.skipif(find_spec("numba_cuda") is not None, reason="numba-cuda is here")


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Return what a Python process did, in which Numba is imported anew."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_kernels_agree_with_the_cpu_in_the_simulator() -> None:
    # Infinities are subtracted on purpose; NumPy, not a GPU, warns of it.
    words = ("-m", "pytest", "tests/cuda", "-v", "-W", "ignore:invalid value:RuntimeWarning")
    done = run(*words, NUMBA_ENABLE_CUDASIM="1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout
    assert "skipped" not in done.stdout


def test_every_kernel_has_a_proof() -> None:
    assert list_unproved(list_families()) == []


def test_a_kernel_without_a_proof_is_named() -> None:
    with_it, without = list_families(), tuple(set(list_families()) - {"elements"})
    more = set(list_unproved(without)) - set(list_unproved(with_it))
    assert any(line.endswith(": search") for line in more)
    assert all(line.startswith("elements.py:") for line in more)


# Which family is loaded, and for which backend: what only the CPU is asked for has one.
LOADS = re.compile(r'load_kernels\("(\w+)", ("?\w+"?)\)')


@pytest.mark.parametrize("backend", BACKENDS)
def test_both_backends_have_the_same_families(backend: str) -> None:
    """Each family that a public function asks for is there, by its name."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "reference").glob("*.py")]
    calls = [call for text in sources for call in LOADS.findall(text)]
    asked = {family for family, where in calls if where in ("backend", f'"{backend}"')}
    assert len(asked) > 10
    for family in asked:
        assert find_spec(f"reference.{backend}.{family}") is not None, family


def entry(dtype: str = "float32", adds_in_double: bool = False, **facts: int) -> Entry:
    """Return a kernel in order, but for the facts."""
    plain = dict.fromkeys(Compiled._fields[1:], 0) | facts
    compiled = [{"architecture": name, **plain} for name in ("sm_75", "sm_90")]
    return Entry("family", "kernel", dtype, adds_in_double, compiled)


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("local_bytes", "16 bytes of local memory"),
        ("local_accesses", "16 accesses to local memory"),
        ("spilled_bytes", "16 bytes of spilled registers"),
        ("double_instructions", "16 float64 instructions"),
    ],
)
def test_what_should_not_be_in_a_kernel_is_a_fault(fact: str, told: str) -> None:
    assert find_faults(entry(**{fact: 16})) == [f"family: kernel (float32): {told}"]


def test_a_kernel_in_order_has_no_fault() -> None:
    assert find_faults(entry(registers=255, shared_bytes=49152, wide_divisions=1)) == []
    assert find_faults(entry("float64", double_instructions=9)) == []
    assert find_faults(entry(adds_in_double=True, double_instructions=9)) == []


def test_a_kernel_that_does_not_compile_is_a_fault() -> None:
    broken = Entry("family", "kernel", "float32", False, [], "TypingError: no")
    assert find_faults(broken) == ["family: kernel (float32): is not compiled: TypingError: no"]


def test_the_dtype_of_a_kernel_is_the_widest_of_its_arguments() -> None:
    assert name_dtype(Proof("k", None, (float32[::1], int64))) == "float32"
    assert name_dtype(Proof("k", None, (float32[::1], float64))) == "float64"
    assert name_dtype(Proof("k", None, (int64[::1],))) == "integers"


def test_instructions_are_told_from_declarations() -> None:
    ptx = """
	.reg .f64 	%fd<9>;
	ld.param.f64 	%fd1, [p];
	@%p1 bra 	$L;
	cvt.f64.f32 	%fd2, %f1;
	@!%p2 fma.rn.f64 	%fd3, %fd1, %fd2, %fd2;
	st.local.f32 	[%rd1], %f1;
	rem.s64 	%rd2, %rd3, %rd4;
	fma.rn.f32 	%f2, %f1, %f1, %f1;
    """
    assert len(compilation.DOUBLE.findall(ptx)) == 3
    assert len(compilation.LOCAL.findall(ptx)) == 1
    assert len(compilation.WIDE_DIVISION.findall(ptx)) == 1


class Library:
    """Stands for a compiled kernel: from sm_100 on, it is another one."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def get_asm_strs(self, cc: tuple[int, int]) -> list[str]:
        self.asked.append(cc)
        return [f".version 9\n.target sm_{cc[0]}{cc[1]}\n{'new' if cc[0] >= 10 else 'old'}"]


def test_ptx_that_is_the_same_for_two_gpus_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compilation, "_alike", {})
    first, second = Library(), Library()
    for library in (first, second):
        ptx = compilation.write_ptx(library)
        assert ptx[9, 0] == ".version 9\n.target sm_90\nold"
        assert ptx[12, 0] == ".version 9\n.target sm_120\nnew"
    assert set(first.asked) == set(compilation.ARCHITECTURES)
    assert sorted(second.asked) == [(7, 5), (10, 0)]


@WITHOUT_EXTRA
def test_the_compile_proof_says_what_to_install() -> None:
    done = run("-m", "reference.cuda", NUMBA_ENABLE_CUDASIM="0")
    assert done.returncode == 3
    assert done.stderr == (
        'nothing is compiled: numba-cuda is not installed; pip install "gradecheck[cuda]"\n'
    )


def test_the_simulator_proves_nothing_of_the_compiler() -> None:
    done = run("-m", "reference.cuda", NUMBA_ENABLE_CUDASIM="1")
    assert done.returncode == 3
    assert "simulates a GPU" in done.stderr


@WITHOUT_EXTRA
def test_the_backend_says_what_to_install() -> None:
    with pytest.raises(RuntimeError, match=r'^backend "cuda": numba-cuda is not installed; pip'):
        reference.relu([1.0], backend="cuda")


class OnDevice:
    """Stands for an array of PyTorch or CuPy on a GPU."""

    @property
    def __cuda_array_interface__(self) -> dict[str, object]:
        return {"shape": (2,), "typestr": "<f4", "data": (16, False), "version": 3}


@pytest.mark.parametrize("function", [reference.relu, reference.conv1d, reference.roc_auc])
def test_a_device_array_is_refused_on_the_cpu(function) -> None:
    arguments = [OnDevice() for _ in range(1 if function is reference.relu else 2)]
    with pytest.raises(TypeError, match=r"got a device array \(OnDevice\), expected a NumPy array"):
        function(*arguments)


def test_a_tensor_that_needs_a_gradient_lies_on_the_device_too() -> None:
    class Tensor:
        @property
        def __cuda_array_interface__(self) -> None:
            raise RuntimeError("Can't get __cuda_array_interface__ on Variable that requires grad")

    with pytest.raises(TypeError, match=r"^x: got a device array \(Tensor\)"):
        reference.softmax(Tensor())


def test_numpy_arrays_are_never_asked_where_they_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(value: object) -> bool:
        raise AssertionError("asked")

    monkeypatch.setattr("reference.arguments.is_on_device", fail)
    assert reference.relu(np.array([1.0])).tolist() == [1.0]
