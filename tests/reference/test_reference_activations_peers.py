"""Activation functions, softmax and their gradients against PyTorch and SciPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from peers import assert_near, assert_same

import reference

torch = pytest.importorskip("torch")
functional = torch.nn.functional

steadily = settings(deadline=None, derandomize=True, max_examples=60)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
FORWARD = ("sigmoid", "tanh", "relu", "leaky_relu")
ALONG_AN_AXIS = ("softmax", "log_softmax")
PEERS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": functional.relu,
    "leaky_relu": functional.leaky_relu,
    "softmax": functional.softmax,
    "log_softmax": functional.log_softmax,
}


SPECIAL = [0.0, -0.0, np.inf, -np.inf, np.nan]


@st.composite
def any_numbers(draw):
    """Return an array of numbers of all sizes, some of them special."""
    dtype, rng = draw(dtypes), np.random.default_rng(draw(seeds))
    shape = draw(array_shapes(min_dims=0, min_side=0, max_side=6))
    scale = draw(st.sampled_from([1e-30, 1, 10, 100, 1e30]))
    x = np.asarray(scale * rng.standard_normal(shape))
    return np.where(rng.random(shape) < 0.1, rng.choice(SPECIAL, shape), x).astype(dtype)


inputs = any_numbers()


def tensor(array):
    return torch.from_numpy(np.array(array))


def gradient(function, x, grad_output, *options):
    """Return what autograd makes of grad_output."""
    leaf = tensor(x).requires_grad_()
    (grad,) = torch.autograd.grad(function(leaf, *options), leaf, tensor(grad_output))
    return grad


def named(names, *others):
    """Parametrize over operations, each marked as compared, and its gradient with it."""
    return pytest.mark.parametrize(
        "name",
        [
            pytest.param(name, marks=pytest.mark.library(*(name + other for other in others)))
            for name in names
        ],
    )


@named(FORWARD, "")
@steadily
@given(x=inputs)
def test_values_of_any_number(name, x):
    actual, expected = getattr(reference, name)(x), PEERS[name](tensor(x))
    if name == "relu":
        assert_same(name, "PyTorch", actual, expected)
    else:
        assert_near(name, "PyTorch", actual, expected, size=0.01, units=8)
    np.testing.assert_array_equal(np.signbit(actual[x == 0]), np.signbit(expected.numpy()[x == 0]))


@named(FORWARD, "_backward")
@steadily
@given(x=inputs, seed=seeds)
def test_gradients_at_any_number(name, x, seed):
    x = np.asarray(x)
    grad = np.random.default_rng(seed).standard_normal(x.shape).astype(x.dtype)
    actual = getattr(reference, f"{name}_backward")(grad, x)
    expected = gradient(PEERS[name], x, grad).numpy()
    if "relu" in name:  # for PyTorch a NaN is as good as a negative (leaky) or a positive number
        assert np.isnan(actual[np.isnan(x)]).all()
        expected = np.where(np.isnan(x), np.array(np.nan, x.dtype), expected)
    assert_near(f"{name}_backward", "PyTorch", actual, expected, size=4)


@pytest.mark.library("leaky_relu", "leaky_relu_backward")
@steadily
@given(x=inputs, slope=st.floats(-2, 2), seed=seeds)
@pytest.mark.filterwarnings("ignore:overflow encountered in cast")
def test_leaky_relu_of_any_slope(x, slope, seed):
    grad = np.random.default_rng(seed).standard_normal(x.shape).astype(x.dtype)
    expected = functional.leaky_relu(tensor(x), slope)
    tiny = np.finfo(x.dtype).tiny  # below it PyTorch's rounded slope costs more digits
    actual = reference.leaky_relu(x, slope)
    assert_near("leaky_relu", "PyTorch", actual, expected, size=max(tiny, 0.01), units=4)
    x = np.nan_to_num(x)
    actual = reference.leaky_relu_backward(grad, x, slope)
    expected = gradient(functional.leaky_relu, x, grad, slope)
    assert_near("leaky_relu_backward", "PyTorch", actual, expected, units=4)


@named(ALONG_AN_AXIS, "", "_backward")
@steadily
@given(
    dtype=dtypes,
    seed=seeds,
    shape=array_shapes(min_side=0, max_dims=4, max_side=6),
    scale=st.sampled_from([1, 30, 1000]),
    data=st.data(),
)
def test_along_any_axis(name, dtype, seed, shape, scale, data):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    rng = np.random.default_rng(seed)
    x, grad = (size * rng.standard_normal(shape).astype(dtype) for size in (scale, 1))
    actual = getattr(reference, name)(x, axis)
    # PyTorch's log_softmax subtracts a sum that is as large as x.
    size = scale if name == "log_softmax" else 1
    assert_near(name, "PyTorch", actual, PEERS[name](tensor(x), axis), size=size)
    actual = getattr(reference, f"{name}_backward")(grad, x, axis)
    expected = gradient(PEERS[name], x, grad, axis)
    assert_near(f"{name}_backward", "PyTorch", actual, expected, size=scale, units=4)


ROWS = st.lists(st.sampled_from([np.nan, np.inf, -np.inf, 0.0, 1.0, -2.0]), min_size=1, max_size=4)


@named(ALONG_AN_AXIS, "", "_backward")
@steadily
@given(row=ROWS, dtype=dtypes)
def test_rows_of_nan_and_infinity(name, row, dtype):
    x = np.array(row, dtype)
    assert_near(name, "PyTorch", getattr(reference, name)(x), PEERS[name](tensor(x), -1))
    grad = np.arange(1, len(x) + 1, dtype=dtype)
    actual = getattr(reference, f"{name}_backward")(grad, x)
    assert_near(f"{name}_backward", "PyTorch", actual, gradient(PEERS[name], x, grad, -1), size=8)


@pytest.mark.library("sigmoid")
@steadily
@given(x=inputs)
def test_sigmoid_is_expit(x):
    special = pytest.importorskip("scipy.special")
    expected = np.asarray(special.expit(x))
    assert_near("sigmoid", "SciPy", reference.sigmoid(x), expected, size=0.01, units=8)


@named(ALONG_AN_AXIS, "")
@steadily
@given(dtype=dtypes, seed=seeds, axis=st.integers(-3, 2), scale=st.sampled_from([1, 10, 1000]))
def test_scipy_along_an_axis(name, dtype, seed, axis, scale):
    special = pytest.importorskip("scipy.special")
    x = (scale * np.random.default_rng(seed).standard_normal((3, 4, 5))).astype(dtype)
    expected = getattr(special, name)(x, axis)
    assert_near(name, "SciPy", getattr(reference, name)(x, axis), expected)
