"""The activations of both backends agree, also where x is infinite, NaN, or there is none."""

import inspect

import numpy as np
import pytest

import reference
from reference.cpu import activations as on_cpu
from reference.cuda import activations as on_gpu

NAMES = ("sigmoid", "tanh", "relu", "leaky_relu")
GRADIENTS = tuple(f"{name}_backward" for name in NAMES)
ULPS = {np.dtype(np.float32): 4, np.dtype(np.float64): 8}
SPECIAL = (0.0, -0.0, np.inf, -np.inf, np.nan, 100.0, -100.0, 1e-30, -1e-30)


def make_x(dtype: type) -> np.ndarray:
    """Return more numbers than the simulator has threads, and no multiple of them."""
    rng = np.random.default_rng(7)
    return np.concatenate([SPECIAL, 4.0 * rng.standard_normal(70)]).astype(dtype)


def check_near(actual: np.ndarray, expected: np.ndarray) -> None:
    assert actual.dtype == expected.dtype
    info = np.finfo(expected.dtype)
    rtol, atol = ULPS[expected.dtype] * float(info.eps), 2 * float(info.smallest_subnormal)
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol)
    signs = (np.where(np.isnan(array), 0, np.signbit(array)) for array in (actual, expected))
    np.testing.assert_array_equal(*signs)  # a NaN's sign means nothing


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_an_activation_is_that_of_the_cpu(name: str, dtype: type) -> None:
    activation, x = getattr(reference, name), make_x(dtype)
    check_near(activation(x, backend="cuda"), activation(x))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", GRADIENTS)
def test_a_gradient_is_that_of_the_cpu(name: str, dtype: type) -> None:
    gradient, x = getattr(reference, name), make_x(dtype)
    grad_output = np.random.default_rng(8).standard_normal(x.shape).astype(dtype)
    grad_output[-3:] = np.inf, -np.inf, np.nan
    check_near(gradient(grad_output, x, backend="cuda"), gradient(grad_output, x))


@pytest.mark.parametrize("negative_slope", [0.0, -2.5, 0.3])
def test_leaky_relu_takes_any_slope(negative_slope: float) -> None:
    x = make_x(np.float32)[5:]
    for arrays in ((x,), (x[::-1], x)):
        leaky = reference.leaky_relu if len(arrays) == 1 else reference.leaky_relu_backward
        check_near(leaky(*arrays, negative_slope, backend="cuda"), leaky(*arrays, negative_slope))


@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (3, 5)])
def test_every_shape_is_kept(shape: tuple[int, ...]) -> None:
    x = np.full(shape, -0.5)
    check_near(reference.sigmoid(x, backend="cuda"), reference.sigmoid(x))
    assert reference.sigmoid(x, backend="cuda").shape == shape


def test_both_backends_have_the_same_functions_with_the_same_arguments() -> None:
    for name in NAMES + GRADIENTS:
        of_cpu, of_gpu = (inspect.signature(getattr(m, name)) for m in (on_cpu, on_gpu))
        assert list(of_cpu.parameters) == list(of_gpu.parameters)
