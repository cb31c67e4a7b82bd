"""Functions that were imported with the real Numba: a few, and the kernels of `reference`."""

import importlib
import pkgutil

import numpy as np
import pytest
from numba import cuda, float32, int32

import reference
from grader.simulator import launch

dispatcher = pytest.importorskip("numba.cuda.dispatcher")
TILE = 8
FACTOR = float32(2)


@cuda.jit(device=True)
def doubled(value):
    return FACTOR * value


@cuda.jit
def turned(out, x):
    tile = cuda.shared.array(TILE, float32)
    i = cuda.threadIdx.x
    tile[i] = doubled(x[i])
    cuda.syncthreads()
    out[i] = tile[int32(TILE - 1 - i)]


@cuda.jit
def turned_too_early(out, x):
    tile = cuda.shared.array(TILE, float32)
    i = cuda.threadIdx.x
    tile[i] = doubled(x[i])
    out[i] = tile[TILE - 1 - i]


def numbers(*shape):
    return np.random.default_rng(5).standard_normal(shape).astype(np.float32)


def test_a_function_under_the_real_decorator_runs():
    x, out = numbers(8), np.zeros(8, np.float32)
    assert launch(turned, 1, 8, (out, x)).findings == ()
    np.testing.assert_array_equal(out, 2 * x[::-1])


def test_its_faults_are_found():
    report = launch(turned_too_early, 1, 8, (np.zeros(8, np.float32), numbers(8)))
    assert [(found.kind, found.array) for found in report.findings] == [("race", "tile")]


class Staged:
    """Stands for the oracle's Stage: the arrays stay where they are."""

    def __enter__(self):
        self.returning = []
        return self

    def __exit__(self, *error):
        for array, filled in self.returning:
            array[...] = filled

    def read(self, array, dtype=None):
        return array.astype(dtype or array.dtype)

    def write(self, array, dtype=None):
        filled = np.zeros(array.shape, dtype or array.dtype)
        self.returning.append((array, filled))
        return filled

    def update(self, array):
        return array


X, LABELS = numbers(9, 37), np.random.default_rng(6).integers(0, 37, 9)
PICTURES, WEIGHT = numbers(2, 3, 8, 8), numbers(4, 3, 3, 3)
# The kernels are those of a GPU: shuffles, blocks of 256 threads, tiles in shared memory.
OPERATIONS = {
    "sigmoid": (X,),
    "softmax": (X,),
    "softmax_cross_entropy": (X, LABELS),
    "mse": (X, 2 * X),
    "confusion_matrix": (LABELS, LABELS[::-1].copy()),
    "max_pool2d": (PICTURES, 2),
    "conv2d": (PICTURES, WEIGHT),
}


def modules_of_the_oracle():
    folder = importlib.import_module("reference.cuda")
    names = [found.name for found in pkgutil.iter_modules(folder.__path__)]
    return [importlib.import_module(f"reference.cuda.{n}") for n in names if n != "__main__"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_kernels_of_the_oracle_raise_no_alarm(operation, monkeypatch):
    arguments, reports = OPERATIONS[operation], []

    def configured(kernel, configuration):
        def run(*values):
            grid, block, _, shared_bytes = (*configuration, 0, 0)[:4]
            reports.append(launch(kernel, grid, block, values, shared_bytes=shared_bytes))

        return run

    monkeypatch.setattr(dispatcher.CUDADispatcher, "__getitem__", configured)
    for module in modules_of_the_oracle():
        for name, stand_in in {"Stage": Staged, "check_device": lambda: None}.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, stand_in)
    function = getattr(reference, operation)
    actual = function(*arguments, backend="cuda")
    assert reports
    assert [report.findings for report in reports] == [()] * len(reports)
    np.testing.assert_allclose(actual, function(*arguments), rtol=1e-4, atol=1e-5)
