"""Two steps of each optimizer are the same on both backends, also in place."""

from typing import Any

import numpy as np
import pytest

import reference

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("sgd", {"learning_rate": 0.1}),
    "momentum": ("momentum", {"learning_rate": 0.1, "dampening": None, "dampen_first_step": True}),
    "adagrad": ("adagrad", {"learning_rate": 0.1}),
    "adadelta": ("adadelta", {}),
    "rmsprop": ("rmsprop", {"learning_rate": 0.01}),
    "rmsprop, eps inside": ("rmsprop", {"learning_rate": 0.01, "eps_inside_sqrt": True}),
    "adam": ("adam", {"learning_rate": 0.01}),
    "adam, as it is biased": ("adam", {"learning_rate": 0.01, "bias_correction": False}),
}


def make_arrays(dtype: type) -> list[np.ndarray]:
    """Return a parameter and the gradients of two steps, with zeros among them."""
    rng = np.random.default_rng(11)
    arrays = [rng.standard_normal((7, 11)).astype(dtype) for _ in range(3)]
    arrays[1][0] = 0.0
    return arrays


def take_two_steps(name: str, dtype: type, backend: str) -> dict[str, np.ndarray]:
    operation, numbers = CALLS[name]
    step = getattr(reference, operation)
    param, *grads = make_arrays(dtype)
    param, state = step(param, grads[0], backend=backend, **numbers)
    param, state = step(param, grads[1], state, backend=backend, **numbers)
    return {"param": param, **state}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", CALLS)
def test_steps_are_those_of_the_cpu(name: str, dtype: type) -> None:
    actual, expected = (take_two_steps(name, dtype, backend) for backend in ("cuda", "cpu"))
    epsilon = float(np.finfo(dtype).eps)
    assert list(actual) == list(expected)
    for key, array in expected.items():
        # A sum may cancel: its error is one of its terms, which are no larger than the largest.
        atol = 4 * epsilon * float(np.abs(array).max())
        assert actual[key].dtype == array.dtype
        np.testing.assert_allclose(actual[key], array, rtol=4 * epsilon, atol=atol, err_msg=key)


def test_a_step_in_place_changes_the_arrays_themselves() -> None:
    param, grad, _ = make_arrays(np.float32)
    state = {"velocity": np.ones_like(param)}
    expected, _ = reference.momentum(param, grad, state, learning_rate=0.5)
    reference.momentum(param, grad, state, learning_rate=0.5, out=(param, state), backend="cuda")
    np.testing.assert_allclose(param, expected, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(state["velocity"], np.float32(0.9) + grad, rtol=1e-6, atol=1e-6)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", CALLS)
def test_a_nan_or_an_infinite_gradient_shows_as_on_the_cpu(name: str) -> None:
    operation, numbers = CALLS[name]
    step, param = getattr(reference, operation), np.ones(3)
    for grad in ([np.nan, 0.0, 1.0], [np.inf, -np.inf, 1.0]):
        actual, _ = step(param, grad, backend="cuda", **numbers)
        np.testing.assert_allclose(actual, step(param, grad, **numbers)[0], rtol=1e-15)


@pytest.mark.parametrize("name", CALLS)
def test_nothing_is_stepped_to_nothing(name: str) -> None:
    operation, numbers = CALLS[name]
    param, _ = getattr(reference, operation)(np.empty(0), np.empty(0), backend="cuda", **numbers)
    assert param.shape == (0,)
