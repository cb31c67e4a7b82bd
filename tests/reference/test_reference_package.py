"""What every operation has in common: names, docstrings, dtypes, layouts, untouched inputs."""

import doctest
import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from calls import Call

import reference

ROOT = Path(reference.__file__).parents[1]
CALLS: list[Call] = [
    call
    for path in sorted(Path(__file__).parent.glob("calls_*.py"))
    for call in importlib.import_module(path.stem).CALLS
]
OF_FLOATS = [call for call in CALLS if call.floats]
OF_INTEGERS = [call for call in CALLS if call.integers]
MODULES = [name for _, name, _ in pkgutil.iter_modules(reference.__path__) if name[0] != "_"]
SHARED = {  # what kernels are made of
    *(
        "average_planes",
        "average_rows",
        "columns",
        "correlation",
        "exponential_pairs",
        "exponential_runs",
        "exponentials",
        "fetching",
        "gates",
        "gathering",
        "image_layout",
        "input_gradients",
        "instructions",
        "jit",
    ),
    *("kernel_cache", "logarithm_runs", "logarithms", "pixel_sorts", "plain_convolution"),
    *("plane_gradients", "plane_lanes", "plane_rows", "plane_stacks", "planes"),
    *("pooling_images", "pooling_planes", "pooling_rows", "pooling_runs"),
    *(
        "product_tile",
        "pointwise",
        "products",
        "quotients",
        "ranges",
        "riffles",
        "row_weights",
        "rows",
        "runs",
        "sample_losses",
        "sigmoid_runs",
        "single_weights",
        "softmax_in_pairs",
        "squares",
        "sums",
    ),
    *("spread_gradients", "spread_pixels", "stack_weights", "stack_windows"),
    *("tile", "vectors", "weight_gradients"),
}
KERNEL_MODULES = [
    name
    for _, name, _ in pkgutil.iter_modules([f"{reference.__path__[0]}/cpu"])
    if name not in SHARED
]

each_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.id)
each_call_of_floats = pytest.mark.parametrize("call", OF_FLOATS, ids=lambda call: call.id)
each_call_of_integers = pytest.mark.parametrize("call", OF_INTEGERS, ids=lambda call: call.id)


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
each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)


def leaves(result):
    """Return the arrays and numbers of a result, however they are nested."""
    if isinstance(result, dict):
        return [leaf for value in result.values() for leaf in leaves(value)]
    if isinstance(result, tuple | list):
        return [leaf for value in result for leaf in leaves(value)]
    return [np.asarray(result)]


def assert_same(actual, expected):
    for one, other in zip(leaves(actual), leaves(expected), strict=True):
        np.testing.assert_array_equal(one, other, strict=True)


def of_floats(call, arrays, **options):
    return call.function(*arrays, *call.integers, **options)


@each_call
def test_threads_change_no_bit_of_any_operation(call, monkeypatch):
    monkeypatch.setattr("reference.threads.LEAST_NANOSECONDS", 1e-9)
    before, results = reference.get_num_threads(), []
    for threads in (1, 3):
        reference.set_num_threads(threads)
        results.append(of_floats(call, call.floats))
    reference.set_num_threads(before)
    assert_same(*results)


def test_all_lists_every_public_name():
    there = {
        name
        for name, value in vars(reference).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert set(reference.__all__) == there
    assert sorted(reference.__all__) == reference.__all__


def test_no_public_name_hides_a_module():
    assert not set(reference.__all__) & set(MODULES)


def test_importing_reference_leaves_numba_out():
    program = "import sys, reference; sys.exit('numba' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == 0


FUNCTIONS = [name for name in reference.__all__ if inspect.isfunction(getattr(reference, name))]
CLASSES = sorted(set(reference.__all__) - set(FUNCTIONS))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_docstring_tells_the_result_the_arguments_the_source_and_an_example(name):
    function = getattr(reference, name)
    text = inspect.getdoc(function)
    first_line = text.splitlines()[0]
    assert first_line.startswith("Return ")
    assert first_line.endswith(".")
    for part in ("Arguments:", "Result: ", "Conventions", "Raises ", "Source: "):
        assert part in text
    for parameter in inspect.signature(function).parameters:
        assert parameter in text.split("Arguments:")[1].split("Result: ")[0]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.example(name)) for name in reference.__all__]
)
def test_the_example_of_the_docstring_runs(name):
    value = getattr(reference, name)
    module = importlib.import_module(value.__module__)
    # A class has its examples in its own docstring and in those of its methods.
    examples = doctest.DocTestFinder().find(value, name, module=module, globs=vars(module))
    runner = doctest.DocTestRunner()
    for example in examples:
        runner.run(example)
    assert runner.tries > 0
    assert runner.failures == 0


@pytest.mark.parametrize("module", MODULES)
def test_examples_outside_the_public_names_run_too(module):
    if module != "__main__":
        assert doctest.testmod(importlib.import_module(f"reference.{module}")).failed == 0


@pytest.mark.parametrize("module", KERNEL_MODULES)
def test_every_kernel_has_the_name_of_its_contract_or_says_what_it_varies(module):
    contract = importlib.import_module(f"reference.{module}")
    kernels = importlib.import_module(f"reference.cpu.{module}")
    own = [
        name
        for name, value in vars(kernels).items()
        if getattr(value, "__module__", None) == kernels.__name__ and not name.startswith("_")
    ]
    assert own
    contracts = [name.lstrip("_") for name in vars(contract)]
    assert [n for n in own if not any(c and n.startswith(c) for c in contracts)] == []


def test_the_table_of_calls_covers_every_operation_on_arrays():
    called = {call.name for call in CALLS}
    assert called <= set(reference.__all__)
    without_arrays = {"conv_coverage", "conv_output_size", "conv_parameter_count", "summary"}
    without_arrays |= {"get_num_threads", "set_num_threads", *CLASSES}
    assert set(reference.__all__) - called == without_arrays


@each_call
def test_unknown_backend_is_named_with_what_there_is(call):
    if "backend" in inspect.signature(getattr(reference, call.name)).parameters:
        with pytest.raises(ValueError, match=r"^backend: got 'tpu', expected 'cpu'"):
            call.function(*call.floats, *call.integers, backend="tpu")


@each_layout
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@each_call_of_floats
def test_memory_layout_changes_nothing(call, dtype, layout):
    arrays = [array.astype(dtype) for array in call.floats]
    assert_same(of_floats(call, map(layout, arrays)), of_floats(call, arrays))


@each_layout
@each_call_of_integers
def test_memory_layout_of_labels_changes_nothing(call, layout):
    expected = call.function(*call.floats, *call.integers)
    assert_same(call.function(*call.floats, *map(layout, call.integers)), expected)


@pytest.mark.parametrize("module", KERNEL_MODULES)
def test_a_kernel_is_compiled_once_for_each_dtype_whatever_the_layout(module):
    """Runs after the tests of layouts, in file order; alone it calls every operation itself."""
    for call in OF_FLOATS:
        for layout in LAYOUTS:
            of_floats(call, map(layout, call.floats))
    kernels = vars(importlib.import_module(f"reference.cpu.{module}")).values()
    compiled = [kernel for kernel in kernels if hasattr(kernel, "py_func")]
    assert all(layout_of(kernel) <= {"C"} for kernel in compiled)


def layout_of(kernel):
    """Return the memory layouts of the array arguments that the kernel was compiled for."""
    return {
        argument.layout
        for signature in kernel.signatures
        for argument in signature
        if hasattr(argument, "layout")
    }


@each_call
def test_inputs_are_neither_modified_nor_returned(call):
    arrays = [*call.floats, *call.integers]
    before = [array.copy() for array in arrays]
    results = leaves(call.function(*arrays))
    for array, copy in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, copy)
        assert not any(np.shares_memory(array, result) for result in results)


@each_call_of_floats
def test_float32_and_float64_stay_what_they_are(call):
    for dtype in (np.float32, np.float64):
        results = leaves(of_floats(call, [array.astype(dtype) for array in call.floats]))
        assert {result.dtype for result in results if result.dtype.kind == "f"} == {np.dtype(dtype)}


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int64, np.uint64])
@each_call_of_floats
def test_integers_and_booleans_become_float64(call, dtype):
    whole = [array.round().astype(dtype) for array in call.floats]
    doubles = [array.astype(np.float64) for array in whole]
    assert_same(of_floats(call, whole), of_floats(call, doubles))


@pytest.mark.parametrize("dtype", [np.float16, np.longdouble, np.complex128, object, "U3"])
@each_call_of_floats
def test_other_dtypes_are_refused_by_name(call, dtype):
    with pytest.raises(TypeError, match=r"^[\w\[\]']+: got dtype .*, expected float32, float64"):
        of_floats(call, [array.astype(dtype) for array in call.floats])


@pytest.mark.parametrize("dtype", [np.float64, np.complex128, object, "U3"])
@each_call_of_integers
def test_labels_and_counts_are_integers(call, dtype):
    with pytest.raises(TypeError, match=r"^\w+: got dtype .*, expected integer"):
        call.function(*call.floats, *[array.astype(dtype) for array in call.integers])


@each_call_of_floats
def test_float32_is_the_float64_result_rounded_once(call):
    if not call.rounded_once:
        return
    single = [array.astype(np.float32) for array in call.floats]
    doubles = of_floats(call, [array.astype(np.float64) for array in single])
    for one, other in zip(leaves(of_floats(call, single)), leaves(doubles), strict=True):
        np.testing.assert_array_equal(one, other.astype(one.dtype))


def test_ragged_lists_are_refused_by_name():
    with pytest.raises(ValueError, match=r"^x: got list that is no array .*, expected an array"):
        reference.softmax([[1.0, 2.0], [3.0]])


def test_every_public_name_is_proved_in_every_way():
    if not all(map(importlib.util.find_spec, ("torch", "scipy", "sklearn"))):
        pytest.skip("the comparisons with libraries are collected where the libraries are")
    command = [sys.executable, "-m", "pytest", "--proofs", "tests/reference"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
