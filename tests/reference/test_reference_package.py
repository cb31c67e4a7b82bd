"""What every operation has in common: names, docstrings, dtypes, layouts, untouched inputs."""

import doctest
import importlib
import inspect
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import reference

ROOT = Path(reference.__file__).parents[1]
FAMILIES = ("activations", "convolution", "losses", "metrics", "optimizers", "pooling")
PUBLIC = [getattr(reference, name) for name in reference.__all__]
WITH_BACKEND = [f for f in PUBLIC if "backend" in inspect.signature(f).parameters]


def some(*shape, seed=7):
    return np.random.default_rng(seed).random(shape)


def step(param, grad, velocity):
    new, state = reference.momentum(param, grad, {"velocity": velocity}, learning_rate=0.1)
    return new, state["velocity"]


# Each operation on arrays alone, and arrays for it.
FLOAT_CALLS = {
    "conv2d": (
        lambda x, weight, bias: reference.conv2d(x, weight, bias, padding=1, groups=2),
        (some(2, 4, 5, 6), some(4, 2, 3, 2), some(4)),
    ),
    "max_pool2d": (
        lambda x: reference.max_pool2d(x, 2, stride=1, return_indices=True),
        (some(2, 3, 5, 4),),
    ),
    "softmax": (lambda x: reference.softmax(x, 1), (some(3, 4, 5),)),
    "cross_entropy": (
        lambda p, t: reference.cross_entropy(p, t, reduction="none"),
        (some(4, 3), some(4, 3, seed=8)),
    ),
    "momentum": (step, (some(3, 4), some(3, 4, seed=8), some(3, 4, seed=9))),
}
LABELS = np.array([0, 2, 1, 1, 2, 0])
LABEL_CALLS = {
    "confusion_matrix": (reference.confusion_matrix, (LABELS, LABELS[::-1].copy())),
    "one_vs_rest_counts": (
        lambda matrix: np.array(reference.one_vs_rest_counts(matrix, 1)),
        (np.array([[15, 3, 8], [4, 23, 1], [9, 2, 19]]),),
    ),
    "cross_entropy_of_labels": (
        lambda labels: reference.cross_entropy(some(6, 3), labels),
        (LABELS,),
    ),
}


def every_other(array):
    wide = np.zeros([2 * size for size in array.shape], array.dtype)
    view = wide[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def reversed_in_memory(array):
    return np.flip(np.flip(array).copy())


def read_only(array):
    frozen = array.copy()
    frozen.flags.writeable = False
    return frozen


def unaligned(array):
    raw = np.zeros(array.nbytes + 1, np.uint8)
    view = raw[1:].view(array.dtype).reshape(array.shape)
    view[...] = array
    return view


def swapped_bytes(array):
    return array.astype(array.dtype.newbyteorder())


LAYOUTS = (np.asfortranarray, every_other, reversed_in_memory, read_only, unaligned, swapped_bytes)


def as_tuple(result):
    return result if isinstance(result, tuple) else (result,)


def assert_same(actual, expected):
    for one, other in zip(as_tuple(actual), as_tuple(expected), strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


def test_all_lists_every_public_name():
    there = {
        name
        for name, value in vars(reference).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert set(reference.__all__) == there
    assert sorted(reference.__all__) == reference.__all__


def test_importing_reference_leaves_numba_out():
    program = "import sys, reference; sys.exit('numba' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == 0


@pytest.mark.parametrize("function", PUBLIC, ids=lambda function: function.__name__)
def test_docstring_tells_the_result_the_arguments_the_source_and_an_example(function):
    text = inspect.getdoc(function)
    first_line = text.splitlines()[0]
    assert first_line.startswith("Return ")
    assert first_line.endswith(".")
    for part in ("Arguments:", "Result: ", "Conventions", "Raises ", "Source: ", ">>> "):
        assert part in text
    for parameter in inspect.signature(function).parameters:
        assert parameter in text.split("Arguments:")[1].split("Result: ")[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_docstring_examples_run(family):
    results = doctest.testmod(importlib.import_module(f"reference.{family}"))
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_every_kernel_has_the_name_of_its_contract_or_says_what_it_varies(family):
    contract = importlib.import_module(f"reference.{family}")
    kernels = importlib.import_module(f"reference.cpu.{family}")
    names = [name for name, value in vars(kernels).items() if hasattr(value, "py_func")]
    public = [name for name in names if not name.startswith("_") and name != "jit"]
    assert public
    assert all(any(name.startswith(known) for known in vars(contract)) for name in public)


def test_the_table_of_calls_covers_every_operation():
    assert set(FLOAT_CALLS) | set(LABEL_CALLS) >= set(reference.__all__) - {"conv_output_size"}


@pytest.mark.parametrize("function", WITH_BACKEND, ids=lambda function: function.__name__)
def test_unknown_backend_is_named_with_what_there_is(function):
    arguments = {
        "conv2d": ([[[1.0]]], [[[[1.0]]]]),
        "max_pool2d": ([[[1.0]]], 1),
        "softmax": ([1.0],),
        "cross_entropy": ([1.0], [1.0]),
        "confusion_matrix": ([0], [0]),
        "momentum": ([1.0], [1.0]),
    }[function.__name__]
    rate = {"learning_rate": 0.1} if function.__name__ == "momentum" else {}
    with pytest.raises(ValueError, match=r"^backend: got 'tpu', expected 'cpu'"):
        function(*arguments, backend="tpu", **rate)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", FLOAT_CALLS)
def test_memory_layout_changes_nothing(name, dtype, layout):
    call, arrays = FLOAT_CALLS[name]
    arrays = [array.astype(dtype) for array in arrays]
    assert_same(call(*map(layout, arrays)), call(*arrays))


@pytest.mark.parametrize("name", FLOAT_CALLS)
def test_a_kernel_is_compiled_once_for_each_dtype_whatever_the_layout(name):
    call, arrays = FLOAT_CALLS[name]
    for layout in LAYOUTS:
        call(*map(layout, arrays))
    family = getattr(reference, name).__module__.replace("reference.", "reference.cpu.")
    kernel = getattr(importlib.import_module(family), name)
    assert len(kernel.signatures) <= 2


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("name", LABEL_CALLS)
def test_memory_layout_of_labels_changes_nothing(name, layout):
    call, arrays = LABEL_CALLS[name]
    assert_same(call(*map(layout, arrays)), call(*arrays))


@pytest.mark.parametrize("name", [*FLOAT_CALLS, *LABEL_CALLS])
def test_inputs_are_neither_modified_nor_returned(name):
    call, arrays = (FLOAT_CALLS | LABEL_CALLS)[name]
    before = [array.copy() for array in arrays]
    results = as_tuple(call(*arrays))
    for array, copy in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, copy)
        assert not any(np.shares_memory(array, result) for result in results)


@pytest.mark.parametrize("name", FLOAT_CALLS)
def test_float32_and_float64_stay_what_they_are(name):
    call, arrays = FLOAT_CALLS[name]
    for dtype in (np.float32, np.float64):
        assert as_tuple(call(*[array.astype(dtype) for array in arrays]))[0].dtype == dtype


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int64, np.uint64])
@pytest.mark.parametrize("name", FLOAT_CALLS)
def test_integers_and_booleans_become_float64(name, dtype):
    call, arrays = FLOAT_CALLS[name]
    whole = [array.round().astype(dtype) for array in arrays]
    assert_same(call(*whole), call(*[array.astype(np.float64) for array in whole]))


@pytest.mark.parametrize("dtype", [np.float16, np.longdouble, np.complex128, object, "U3"])
@pytest.mark.parametrize("name", FLOAT_CALLS)
def test_other_dtypes_are_refused_by_name(name, dtype):
    call, arrays = FLOAT_CALLS[name]
    with pytest.raises(TypeError, match=r"^\w+: got dtype .*, expected float32, float64"):
        call(*[array.astype(dtype) for array in arrays])


@pytest.mark.parametrize("dtype", [np.float64, np.complex128, object, "U3"])
@pytest.mark.parametrize("name", LABEL_CALLS)
def test_labels_and_counts_are_integers(name, dtype):
    call, arrays = LABEL_CALLS[name]
    with pytest.raises(TypeError, match=r"^\w+: got dtype .*, expected integer"):
        call(*[array.astype(dtype) for array in arrays])


@pytest.mark.parametrize("name", ["conv2d", "cross_entropy", "max_pool2d", "softmax"])
def test_float32_is_the_float64_result_rounded_once(name):
    call, arrays = FLOAT_CALLS[name]
    single = [array.astype(np.float32) for array in arrays]
    double = as_tuple(call(*[array.astype(np.float64) for array in single]))[0]
    np.testing.assert_array_equal(as_tuple(call(*single))[0], double.astype(np.float32))


def test_ragged_lists_are_refused_by_name():
    with pytest.raises(ValueError, match=r"^x: got list that is no array .*, expected an array"):
        reference.softmax([[1.0, 2.0], [3.0]])
