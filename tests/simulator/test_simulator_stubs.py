"""A student's file with the simulator's `numba`: imports, decorators, arrays on the device."""

import importlib.util
import sys
from unittest import mock

import numpy as np
import pytest

from grader.simulator import stub_modules

X = np.arange(8, dtype=np.float32)
ADD = """
@cuda.jit
def add(out, x):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = x[i] + 1
"""


@pytest.fixture
def reports():
    return []


@pytest.fixture
def student(tmp_path, reports):
    """Return a function that imports a text as a student's file."""

    def load(text, **settings):
        path = tmp_path / "student.py"
        path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location("student", path)
        module = importlib.util.module_from_spec(spec)
        with mock.patch.dict(sys.modules, stub_modules(reports, **settings)):
            spec.loader.exec_module(module)
        return module

    return load


@pytest.mark.parametrize(
    "imports",
    [
        "from numba import cuda",
        "import numba.cuda\ncuda = numba.cuda",
        "import numba.cuda as cuda",
        "import numba as nb\ncuda = nb.cuda",
        "import numba\nfrom numba import cuda, float32, int32, types, njit, prange",
        "from numba import cuda\nfrom numba.cuda import jit, threadIdx, grid\nimport numba.types",
    ],
)
def test_each_way_to_import_numba_works(imports, student, reports):
    out = np.zeros_like(X)
    student(imports + ADD).add[1, 8](out, X)
    np.testing.assert_array_equal(out, X + 1)
    assert [report.findings for report in reports] == [()]


@pytest.mark.parametrize(
    "decorator",
    [
        "cuda.jit",
        "cuda.jit()",
        "cuda.jit('void(float32[:], float32[:])')",
        "cuda.jit(void(float32[:], float32[::1]))",
        "cuda.jit((float32[:], float32[:]))",
        "cuda.jit(fastmath=True, max_registers=32)",
    ],
)
def test_each_form_of_the_decorator_works(decorator, student, reports):
    text = "from numba import cuda, float32, void" + ADD.replace("cuda.jit", decorator)
    out = np.zeros_like(X)
    student(text).add[2, 4](out, X)
    np.testing.assert_array_equal(out, X + 1)
    assert len(reports) == 1


def test_no_numba_is_imported(student):
    module = student(
        "import numba\nfrom numba import cuda\nfile = getattr(numba, '__file__', None)"
    )
    assert module.file is None
    assert module.cuda is module.numba.cuda


def test_a_device_function_is_a_function(student):
    text = "from numba import cuda\n\n@cuda.jit(device=True)\ndef f(x):\n    return 2 * x\n"
    assert student(text).f(3) == 6


def test_an_array_on_the_device_is_a_copy(student):
    module = student("from numba import cuda" + ADD)
    x = X.copy()
    on_device = module.cuda.to_device(x)
    x[:] = 0
    np.testing.assert_array_equal(on_device.copy_to_host(), X)
    assert (on_device.shape, on_device.dtype, on_device.size, len(on_device)) == ((8,), "f4", 8, 8)


def test_device_arrays_are_launched_with_and_copied_back(student):
    module = student("from numba import cuda" + ADD)
    x = module.cuda.to_device(X)
    out = module.cuda.device_array_like(x)
    module.add[1, 8](out, x)
    module.cuda.synchronize()
    back = np.empty_like(X)
    out.copy_to_host(back)
    np.testing.assert_array_equal(back, X + 1)
    assert out[3] == 4
    np.testing.assert_array_equal(out, X + 1)
    np.testing.assert_array_equal(out[2:4].copy_to_host(), [3, 4])
    np.testing.assert_array_equal(out.reshape(2, 4).copy_to_host()[1], [5, 6, 7, 8])


def test_a_device_array_of_a_shape_and_type_is_made(student):
    module = student("from numba import cuda, int32")
    made = module.cuda.device_array((2, 3), module.int32)
    assert (made.shape, made.dtype) == ((2, 3), np.int32)
    made.copy_to_device(np.ones((2, 3)))
    assert made.copy_to_host().sum() == 6


def test_stream_and_dynamic_memory_are_taken(student, reports):
    text = """
from numba import cuda, float32

@cuda.jit
def turned(out, x):
    tile = cuda.shared.array(0, float32)
    i = cuda.threadIdx.x
    tile[i] = x[i]
    cuda.syncthreads()
    out[i] = tile[7 - i]
"""
    module = student(text)
    out = np.zeros_like(X)
    module.turned[1, 8, module.cuda.stream(), 32](out, X)
    np.testing.assert_array_equal(out, X[::-1])
    assert reports[0].measures.shared_bytes == 32


def test_forall_has_a_thread_for_each_element(student):
    module = student("from numba import cuda" + ADD)
    x = np.arange(300, dtype=np.float32)
    out = np.zeros_like(x)
    module.add.forall(300)(out, x)
    np.testing.assert_array_equal(out, x + 1)


def test_a_launch_without_a_grid_says_how_to_launch(student):
    module = student("from numba import cuda" + ADD)
    with pytest.raises(TypeError, match=r"add\[blocks, threads\]"):
        module.add(X, X)
    with pytest.raises(ValueError, match="both are needed"):
        module.add[8](X, X)


def test_findings_are_collected_in_order(student, reports):
    module = student("from numba import cuda" + ADD.replace("if i < out.size:", "if True:"))
    out = np.zeros_like(X)
    module.add[1, 8](out, X)
    module.add[1, 16](out, X)
    assert [[f.kind for f in report.findings] for report in reports] == [[], ["bounds"]]


def test_settings_reach_every_launch(student, reports):
    module = student("from numba import cuda" + ADD, is_checked=False)
    module.add[1, 8](np.zeros_like(X), X)
    assert reports[0].measures is None


def test_jit_of_the_host_leaves_a_function_as_it_is(student):
    text = "from numba import jit, njit\n\n@njit\ndef f(x):\n    return x + 1\n\n"
    text += "@jit(nopython=True)\ndef g(x):\n    return x - 1\n"
    module = student(text)
    assert (module.f(1), module.g(1)) == (2, 0)


def test_a_name_that_cuda_lacks_is_an_attribute_error(student):
    with pytest.raises(AttributeError, match=r"no cuda\.shared_array"):
        student("from numba import cuda\ncuda.shared_array(3)")
