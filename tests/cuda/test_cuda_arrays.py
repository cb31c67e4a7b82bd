"""Device arrays in, device arrays out."""

import importlib
import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calls import Call

import reference
from reference.cuda.arrays import to_device
from reference.cuda.device_array import DeviceArray
from reference.cuda.elements import find_outside, take_sum
from reference.cuda.target import cuda

rng = np.random.default_rng(7)
X = rng.standard_normal((2, 2, 4, 5)).astype(np.float32)
WEIGHT = rng.standard_normal((3, 2, 2, 2)).astype(np.float32)
POOLED = rng.standard_normal((2, 2, 2, 2)).astype(np.float32)
CONVOLVED = rng.standard_normal((2, 3, 3, 4)).astype(np.float32)
ROWS = rng.standard_normal((5, 7)).astype(np.float32)
SOFT = rng.random((5, 7)).astype(np.float32)
SQUARE = rng.standard_normal((5, 5)).astype(np.float32)
ACROSS = rng.standard_normal((7, 5)).astype(np.float32)
WIDE = rng.standard_normal((20, 7)).astype(np.float32)
LABELS = np.array([3, 0, 6, 2, 2])
GUESSES = np.array([3, 1, 6, 2, 0])

CALLS: dict[str, tuple[tuple[np.ndarray, ...], dict[str, Any]]] = {
    "conv1d": ((X[0], WIDE[:12].reshape(7, 4, 3)), {"padding": 1}),
    "conv2d": ((X, WEIGHT), {"padding": 1}),
    "convolve2d": ((X[0], WEIGHT), {"padding": "same"}),
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
    "cross_entropy": ((SOFT, LABELS), {"base": 10.0}),
    "cross_entropy_backward": ((SOFT, SOFT), {"reduction": "sum"}),
    "binary_cross_entropy": ((SOFT, SOFT), {"reduction": "none"}),
    "binary_cross_entropy_backward": ((SOFT, SOFT), {"base": 2.0, "grad_output": 2}),
    "mse": ((ROWS, SOFT), {"reduction": "per_sample"}),
    "mse_backward": ((ROWS, SOFT), {"grad_output": 3}),
    "rmse": ((ROWS, SOFT), {}),
    "rmse_backward": ((ROWS, SOFT), {}),
    "dense": ((ROWS, ACROSS), {}),
    "dense_backward": ((SQUARE, ROWS, ACROSS), {}),
    "rnn_cell": ((ROWS, SQUARE, WIDE[:5], WIDE[:5, :5]), {}),
    "lstm_cell": ((ROWS, SQUARE, SQUARE.T.copy(), WIDE, WIDE[:, :5], WIDE[:, 0]), {}),
    "gru_cell": ((ROWS[0], SQUARE[0], WIDE[:15], WIDE[:15, :5]), {"form": "original"}),
    "adam": ((ROWS, SOFT), {"learning_rate": 0.1}),
    "confusion_matrix": ((LABELS, GUESSES), {}),
    "accuracy": ((LABELS, GUESSES), {}),
    "precision": ((LABELS, GUESSES), {"average": "macro", "zero_division": 0}),
    "recall": ((LABELS % 2, GUESSES % 2), {}),
    "specificity": ((LABELS, GUESSES), {"average": "weighted", "num_classes": 9}),
    "negative_predictive_value": ((LABELS, GUESSES), {"average": "micro"}),
    "false_positive_rate": ((LABELS, GUESSES), {"average": "macro"}),
    "f1": ((LABELS, GUESSES), {"average": "macro"}),
}

REFERENCE = Path(__file__).parents[1] / "reference"
ALL_CALLS: list[Call] = [
    call
    for path in sorted(REFERENCE.glob("calls_*.py"))
    for call in importlib.import_module(path.stem).CALLS
]


def flatten(result: Any) -> list[Any]:
    """Return the arrays and numbers of a result."""
    if isinstance(result, tuple | list):
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


def test_a_perceptron_on_the_device_is_that_of_numpy() -> None:
    layers = [(ACROSS, SQUARE[0]), (SQUARE, SQUARE[1])]
    on_device = [tuple(map(to_device, layer)) for layer in layers]
    expected = reference.mlp_forward(ROWS, layers)
    out = reference.mlp_forward(to_device(ROWS), on_device, backend="cuda")
    np.testing.assert_allclose(on_host(out), expected, rtol=2e-5, atol=2e-6)
    expected_x, expected_pairs = reference.mlp_backward(SQUARE, ROWS, layers)
    grad_x, pairs = reference.mlp_backward(to_device(SQUARE), ROWS, on_device, backend="cuda")
    grads = [grad_x, *(grad for pair in pairs for grad in pair)]
    wanted = [expected_x, *(grad for pair in expected_pairs for grad in pair)]
    for grad, array in zip(grads, wanted, strict=True):
        assert on_host(grad).dtype == np.float32
        np.testing.assert_allclose(on_host(grad), array, rtol=2e-5, atol=2e-6)


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


@pytest.mark.parametrize(
    ("function", "predictions", "grads", "options"),
    [
        (reference.mse_backward, ROWS, ROWS, {}),
        (reference.cross_entropy_backward, SOFT, ROWS[:, 0], {"base": 10.0}),
        (reference.binary_cross_entropy_backward, SOFT, ROWS, {"base": 2.0}),
        (reference.softmax_cross_entropy_backward, ROWS, ROWS[:, 0], {}),
    ],
)
def test_the_gradient_of_each_loss_may_lie_on_the_device(
    function: Any, predictions: np.ndarray, grads: np.ndarray, options: dict[str, Any]
) -> None:
    options = {"reduction": "none", **options}
    expected = function(predictions, SOFT, grad_output=grads, **options)
    given, wide = [to_device(predictions), to_device(SOFT)], grads.astype(np.float64)
    options["backend"] = "cuda"
    for grad_output in (to_device(grads), wide):
        result = function(*given, grad_output=grad_output, **options)
        assert isinstance(result, DeviceArray)
        np.testing.assert_allclose(on_host(result), expected, rtol=2e-5, atol=2e-6)
    with pytest.raises(TypeError, match=r"^grad_output: got a device array of float64, expected"):
        function(*given, grad_output=to_device(wide), **options)


def test_one_sample_has_a_loss_that_is_a_number() -> None:
    row, one = to_device(SOFT[0]), to_device(SOFT[0, :1].reshape(()))
    options: dict[str, Any] = {"reduction": "none", "backend": "cuda"}
    for loss in (reference.cross_entropy, reference.softmax_cross_entropy):
        assert loss(row, 3, **options) == pytest.approx(float(loss(SOFT[0], 3)), rel=1e-5)
    for loss in (reference.binary_cross_entropy, reference.mse):
        expected = float(loss(SOFT[0, 0], SOFT[0, 1]))
        assert loss(one, SOFT[0, 1], **options) == pytest.approx(expected, rel=1e-5)


def test_a_root_of_float32_is_taken_of_squares_that_float32_cannot_hold() -> None:
    far = to_device(np.array([3e30, 4e30], np.float32))
    assert float(reference.rmse(far, np.zeros(2), backend="cuda")) == pytest.approx(3.5355e30, 1e-4)


def test_the_scores_of_each_class_come_to_the_host() -> None:
    options: dict[str, Any] = {"average": None, "zero_division": 0}
    scores = reference.precision(to_device(LABELS), GUESSES, **options, backend="cuda")
    np.testing.assert_array_equal(scores, reference.precision(LABELS, GUESSES, **options))


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


def has_backend(call: Call) -> bool:
    if call.id == "conv2d_backward-options":  # too long for the simulator
        return False
    return "backend" in inspect.signature(getattr(reference, call.name)).parameters


@pytest.mark.parametrize("call", list(filter(has_backend, ALL_CALLS)), ids=lambda call: call.id)
def test_every_function_with_a_backend_takes_device_arrays(call: Call) -> None:
    arrays = [*(array.astype(np.float32) for array in call.floats), *call.integers]
    given = [to_device(array) for array in arrays]
    results, expected = call.function(*given, backend="cuda"), call.function(*arrays)
    for result, wanted in zip(flatten(results), flatten(expected), strict=True):
        np.testing.assert_allclose(on_host(result), wanted, rtol=2e-5, atol=2e-6)
