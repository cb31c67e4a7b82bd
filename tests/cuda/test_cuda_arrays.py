"""Device arrays in, device arrays out, and what is said of those that cannot be taken."""

import importlib
import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from calls import Call

import reference
from reference.cuda.arrays import DeviceArray, to_device
from reference.cuda.elements import find_outside, take_sum
from reference.cuda.target import cuda

rng = np.random.default_rng(7)
X = rng.standard_normal((2, 2, 4, 5)).astype(np.float32)
WEIGHT = rng.standard_normal((3, 2, 2, 2)).astype(np.float32)
POOLED = rng.standard_normal((2, 2, 2, 2)).astype(np.float32)
CONVOLVED = rng.standard_normal((2, 3, 3, 4)).astype(np.float32)
ROWS = rng.standard_normal((5, 7)).astype(np.float32)
SOFT = rng.random((5, 7)).astype(np.float32)
LABELS = np.array([3, 0, 6, 2, 2])
GUESSES = np.array([3, 1, 6, 2, 0])

CALLS: dict[str, tuple[tuple[np.ndarray, ...], dict[str, Any]]] = {
    "conv2d": ((X, WEIGHT), {"padding": 1}),
    "conv2d_backward": ((CONVOLVED, X, WEIGHT), {}),
    "max_pool2d": ((X,), {"kernel_size": 2, "return_indices": True}),
    "global_avg_pool2d": ((X,), {}),
    "global_avg_pool2d_backward": ((POOLED[:, :, 0, 0], X), {}),
    "avg_pool2d": ((X,), {"kernel_size": 2}),
    "max_pool2d_backward": ((POOLED, X), {"kernel_size": 2}),
    "min_pool2d_backward": ((POOLED, X), {"kernel_size": 2}),
    "avg_pool2d_backward": ((POOLED, X), {"kernel_size": 2}),
    "sigmoid": ((X,), {}),
    "leaky_relu_backward": ((X, X), {"negative_slope": 0.25}),
    "softmax": ((ROWS,), {}),
    "log_softmax_backward": ((ROWS, ROWS), {}),
    "softmax_cross_entropy": ((ROWS, LABELS), {}),
    "softmax_cross_entropy_backward": ((ROWS, SOFT), {}),
    "softmax_cross_entropy_with_gradient": ((ROWS, LABELS), {"reduction": "none"}),
    "mse": ((ROWS, SOFT), {"reduction": "per_sample"}),
    "adam": ((ROWS, SOFT), {"learning_rate": 0.1}),
    "confusion_matrix": ((LABELS, GUESSES), {}),
    "accuracy": ((LABELS, GUESSES), {}),
}

REFERENCE = Path(__file__).parents[1] / "reference"
ALL_CALLS: list[Call] = [
    call
    for path in sorted(REFERENCE.glob("calls_*.py"))
    for call in importlib.import_module(path.stem).CALLS
]


def flatten(result: Any) -> list[Any]:
    """Return the arrays and numbers of a result."""
    if isinstance(result, tuple):
        return [leaf for entry in result for leaf in flatten(entry)]
    return [result[key] for key in result] if isinstance(result, dict) else [result]


def on_host(value: Any) -> Any:
    return value.copy_to_host() if isinstance(value, DeviceArray) else value


@pytest.mark.parametrize("name", CALLS)
def test_device_arrays_give_what_numpy_arrays_give(name: str) -> None:
    arrays, options = CALLS[name]
    function = getattr(reference, name)
    expected = flatten(function(*arrays, **options))
    given = [to_device(array) for array in arrays]
    results = flatten(function(*given, **options, backend="cuda"))
    for result, wanted in zip(results, expected, strict=True):
        assert isinstance(result, DeviceArray) == (np.ndim(wanted) > 0)
        np.testing.assert_allclose(on_host(result), wanted, rtol=2e-5, atol=2e-6)
        assert on_host(result).dtype == wanted.dtype if np.ndim(wanted) else True
    for array, before in zip(given, arrays, strict=True):
        np.testing.assert_array_equal(array.copy_to_host(), before)


def test_an_optimizer_steps_device_arrays_in_place() -> None:
    param, velocity = to_device(ROWS), to_device(SOFT)
    state = {"velocity": velocity}
    options = {"learning_rate": 0.5, "momentum": 0.5}
    reference.momentum(param, to_device(ROWS), state, **options, out=(param, state), backend="cuda")
    expected, after = reference.momentum(ROWS, ROWS, {"velocity": SOFT}, **options)
    np.testing.assert_allclose(param.copy_to_host(), expected, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(velocity.copy_to_host(), after["velocity"], rtol=1e-6, atol=1e-6)


def test_a_step_never_reads_what_it_has_written() -> None:
    param = to_device(ROWS)  # its own gradient, and what is to be written
    reference.momentum(
        param,
        param,
        {"velocity": to_device(SOFT)},
        learning_rate=0.5,
        out=(param, {"velocity": to_device(SOFT)}),
        backend="cuda",
    )
    expected, _ = reference.momentum(ROWS, ROWS, {"velocity": SOFT}, learning_rate=0.5)
    np.testing.assert_allclose(param.copy_to_host(), expected, rtol=1e-6, atol=1e-6)


def test_windows_that_see_only_padding_send_nothing_on_the_device() -> None:
    x = rng.standard_normal((1, 1, 2, 2)).astype(np.float32)
    options = {"kernel_size": 2, "padding": 1, "dilation": 3, "stride": 1}
    grad = np.ones_like(reference.max_pool2d(x, **options))
    expected = reference.max_pool2d_backward(grad, x, **options)
    given = to_device(grad), to_device(x)
    result = reference.max_pool2d_backward(*given, **options, backend="cuda")
    np.testing.assert_array_equal(on_host(result), expected)


def test_numpy_arrays_go_to_the_device_beside_one_that_lies_there() -> None:
    result = reference.conv2d(to_device(X), WEIGHT.astype(np.float64), backend="cuda")
    assert isinstance(result, DeviceArray)
    np.testing.assert_allclose(on_host(result), reference.conv2d(X, WEIGHT), rtol=2e-5, atol=2e-6)


def test_what_numba_holds_is_taken_as_it_is() -> None:
    held = cuda.to_device(ROWS)
    np.testing.assert_allclose(
        on_host(reference.relu(held, backend="cuda")), reference.relu(ROWS), rtol=0
    )


def test_the_backend_cpu_takes_no_device_array() -> None:
    with pytest.raises(
        TypeError, match=r"^x: got a device array \(DeviceArray\), expected a NumPy"
    ):
        reference.softmax(to_device(ROWS))


def test_a_function_that_takes_none_says_so() -> None:
    with pytest.raises(TypeError, match=r"^predictions: got a device array"):
        reference.binary_cross_entropy(to_device(SOFT), SOFT, backend="cuda")


def test_two_dtypes_are_an_error_on_the_device() -> None:
    with pytest.raises(TypeError, match="weight: got a device array of float64, expected float32"):
        reference.conv2d(to_device(X), to_device(WEIGHT.astype(np.float64)), backend="cuda")


def test_labels_out_of_range_are_found_on_the_device() -> None:
    labels = to_device(np.array([0, 6, 9, 7, 1]))
    with pytest.raises(ValueError, match=r"targets: got 9 at index \(2,\), expected class indices"):
        reference.softmax_cross_entropy(to_device(ROWS), labels, backend="cuda")
    with pytest.raises(ValueError, match=r"y_pred: got -1 at index \(4,\)"):
        reference.accuracy(
            to_device(LABELS), to_device(LABELS - 3 + [0, 3, 0, 1, 0]), backend="cuda"
        )


def test_probabilities_out_of_range_are_found_on_the_device() -> None:
    targets = SOFT.copy()
    targets[1, 3] = 1.5
    with pytest.raises(ValueError, match=r"targets: got 1.5 at index \(1, 3\), expected values in"):
        reference.softmax_cross_entropy(to_device(ROWS), to_device(targets), backend="cuda")


def test_a_nan_is_in_every_range() -> None:
    values = np.array([0.5, np.nan, 1.0, 2.0])
    assert find_outside(to_device(values), 0, 1) == 3
    assert find_outside(to_device(values[:3]), 0, 1) is None


@pytest.mark.parametrize("size", [0, 1, 200])
def test_a_sum_on_the_device_is_that_of_numpy(size: int) -> None:
    values = rng.standard_normal(size)
    assert take_sum(to_device(values)) == pytest.approx(values.sum(), rel=1e-13, abs=1e-13)


def test_a_device_array_shows_where_it_lies() -> None:
    array = to_device(ROWS)
    interface = array.__cuda_array_interface__
    assert interface["shape"] == (5, 7)
    assert interface["typestr"] == "<f4"
    assert array.reshape(-1).address == interface["data"][0] == array.address
    assert array.nbytes == ROWS.nbytes


def test_a_device_array_is_never_copied_unasked() -> None:
    with pytest.raises(TypeError, match="copy_to_host"):
        np.asarray(to_device(ROWS))
    with pytest.raises(TypeError, match=r"^numpy\.sum does not take device arrays"):
        np.sum(to_device(ROWS))


def test_what_cannot_be_read_is_named() -> None:
    broken = SimpleNamespace(__cuda_array_interface__={"version": 3})
    with pytest.raises((TypeError, ValueError), match=r"^x: got SimpleNamespace"):
        reference.relu(broken, backend="cuda")


def list_takers() -> set[str]:
    """Return the functions that docs/cuda.md says take device arrays."""
    page = (Path(__file__).parents[2] / "docs/cuda.md").read_text(encoding="utf-8")
    return set(page.split("```text\n")[1].split("```")[0].split())


def test_the_page_names_what_takes_device_arrays() -> None:
    assert set(CALLS) <= list_takers() <= set(reference.__all__)


def refuses(call: Call) -> bool:
    options = inspect.signature(getattr(reference, call.name)).parameters
    return "backend" in options and call.name not in list_takers()


@pytest.mark.parametrize("call", list(filter(refuses, ALL_CALLS)), ids=lambda call: call.id)
def test_what_is_not_on_the_page_refuses_device_arrays(call: Call) -> None:
    arrays = [to_device(array) for array in (*call.floats, *call.integers)]
    with pytest.raises(TypeError, match="got a device array"):
        call.function(*arrays, backend="cuda")
