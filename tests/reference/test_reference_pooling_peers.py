"""Pooling and its gradients against PyTorch: values and indices bit for bit."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from peers import assert_near, assert_same
from pools import pools, pools_of_averages, seeds

import reference

torch = pytest.importorskip("torch")
functional = torch.nn.functional

steadily = settings(deadline=None, derandomize=True, max_examples=100)
dtypes = st.sampled_from([np.float32, np.float64])
batches = st.sampled_from([(), (0,), (2,)])
SPECIAL = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, 2.0])
TIES = st.sampled_from([SPECIAL, SPECIAL[1:], SPECIAL[3:]])


def smallest(x, *arguments, **options):
    """Return what PyTorch lacks: min_pool2d, and where the smallest is if asked."""
    pooled = functional.max_pool2d(-x, *arguments, **options)
    return (-pooled[0], pooled[1]) if isinstance(pooled, tuple) else -pooled


PEERS = {
    "max_pool2d": functional.max_pool2d,
    "min_pool2d": smallest,
    "avg_pool2d": functional.avg_pool2d,
    "global_avg_pool2d": lambda x: functional.adaptive_avg_pool2d(x, 1),
}


def compared(*names, way=""):
    """Parametrize over operations, each marked as compared."""
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=pytest.mark.library(name + way)) for name in names]
    )


def tensor(array):
    return torch.from_numpy(np.array(array))


def gradient(name, x, grad_output, *arguments, **options):
    """Return what autograd makes of grad_output."""
    leaf = tensor(x).requires_grad_()
    out = PEERS[name](leaf, *arguments, **options)
    (grad,) = torch.autograd.grad(out, leaf, tensor(grad_output))
    return grad


def numbers(seed, shape, dtype):
    """Return numbers of which some are special."""
    rng = np.random.default_rng(seed)
    x = np.asarray(rng.standard_normal(shape))
    return np.where(rng.random(shape) < 0.05, rng.choice(SPECIAL, shape), x).astype(dtype)


@compared("max_pool2d", "min_pool2d")
@steadily
@given(pool=pools(blind=True), values=TIES, batch=batches, dtype=dtypes, seed=seeds)
def test_values_and_indices_with_ties_nan_infinity_and_windows_of_padding(
    name, pool, values, batch, dtype, seed
):
    x = np.random.default_rng(seed).choice(values, (*batch, 2, *pool.size)).astype(dtype)
    operation = getattr(reference, name)
    out, indices = operation(x, pool.kernel, **pool.options, return_indices=True)
    expected, places = PEERS[name](tensor(x), pool.kernel, **pool.options, return_indices=True)
    assert_same(name, "PyTorch", out, expected)
    assert_same(name, "PyTorch", indices, places)
    assert_same(name, "PyTorch", operation(x, pool.kernel, **pool.options), expected)
    numbered = ~np.isnan(out)
    np.testing.assert_array_equal(np.signbit(out[numbered]), np.signbit(expected.numpy()[numbered]))


@compared("max_pool2d", "min_pool2d", "avg_pool2d")
@steadily
@given(
    size=st.integers(1, 9),
    kernel=st.integers(1, 9),
    stride=st.integers(1, 9),
    padding=st.integers(0, 4),
    ceil_mode=st.booleans(),
)
def test_what_pytorch_refuses_is_refused(name, size, kernel, stride, padding, ceil_mode):
    x = np.zeros((1, size, size))
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    try:
        expected = PEERS[name](tensor(x), kernel, **options)
    except RuntimeError:
        with pytest.raises(ValueError, match=r"^(kernel_size|padding): got"):
            getattr(reference, name)(x, kernel, **options)
    else:
        assert_same(name, "PyTorch", getattr(reference, name)(x, kernel, **options), expected)


@pytest.mark.library("avg_pool2d")
@steadily
@given(pools_of_averages, batches, dtypes, seeds, st.booleans())
def test_means_with_nan_and_infinity(pool, batch, dtype, seed, include_pad):
    x = numbers(seed, (*batch, 2, *pool.size), dtype)
    options = pool.options_of_averages | {"count_include_pad": include_pad}
    expected = functional.avg_pool2d(tensor(x), pool.kernel, **options)
    assert_near("avg_pool2d", "PyTorch", reference.avg_pool2d(x, pool.kernel, **options), expected)


@pytest.mark.library("avg_pool2d")
@steadily
@given(pools_of_averages, seeds, st.booleans())
def test_means_of_few_integers_are_the_same(pool, seed, include_pad):
    x = np.random.default_rng(seed).integers(-9, 9, (2, *pool.size)).astype(np.float64)
    options = pool.options_of_averages | {"count_include_pad": include_pad}
    expected = functional.avg_pool2d(tensor(x), pool.kernel, **options)
    assert_same("avg_pool2d", "PyTorch", reference.avg_pool2d(x, pool.kernel, **options), expected)


@pytest.mark.library("global_avg_pool2d", "global_avg_pool2d_backward")
@steadily
@given(array_shapes(min_dims=3, max_dims=4, max_side=9), dtypes, seeds)
def test_global_means_and_their_gradients(shape, dtype, seed):
    name, x = "global_avg_pool2d", numbers(seed, shape, dtype)
    out = reference.global_avg_pool2d(x, keepdims=True)
    assert_near(name, "PyTorch", out, PEERS[name](tensor(x)))
    np.testing.assert_array_equal(reference.global_avg_pool2d(x), out[..., 0, 0])
    grad = reference.global_avg_pool2d_backward(out, x, keepdims=True)
    assert_near(f"{name}_backward", "PyTorch", grad, gradient(name, x, out))


@compared("max_pool2d", "min_pool2d", way="_backward")
@steadily
@given(pool=pools(blind=True), values=TIES, dtype=dtypes, seed=seeds)
def test_gradients_with_ties_nan_and_infinity(name, pool, values, dtype, seed):
    # For a window of padding alone PyTorch writes outside of its array.
    assume(pool.every_window_sees_the_image)
    rng = np.random.default_rng(seed)
    x = rng.choice(values, (2, 2, *pool.size)).astype(dtype)
    shape = getattr(reference, name)(x, pool.kernel, **pool.options).shape
    grad_output = rng.standard_normal(shape).astype(dtype)
    backward = getattr(reference, f"{name}_backward")
    actual = backward(grad_output, x, pool.kernel, **pool.options)
    expected = gradient(name, x, grad_output, pool.kernel, **pool.options)
    assert_near(f"{name}_backward", "PyTorch", actual, expected, size=4)


@compared("max_pool2d", "min_pool2d", way="_backward")
@steadily
@given(pool=pools(), dtype=dtypes, seed=seeds)
def test_gradients_of_few_integers_are_the_same(name, pool, dtype, seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(-3, 3, (2, *pool.size)).astype(dtype)
    shape = getattr(reference, name)(x, pool.kernel, **pool.options).shape
    grad_output = rng.integers(-9, 9, shape).astype(dtype)
    backward = getattr(reference, f"{name}_backward")
    actual = backward(grad_output, x, pool.kernel, **pool.options)
    expected = gradient(name, x, grad_output, pool.kernel, **pool.options)
    assert_same(f"{name}_backward", "PyTorch", actual, expected)


@pytest.mark.library("avg_pool2d_backward")
@steadily
@given(pools_of_averages, dtypes, seeds, st.booleans())
def test_gradients_of_means(pool, dtype, seed, include_pad):
    x = numbers(seed, (2, 2, *pool.size), dtype)
    options = pool.options_of_averages | {"count_include_pad": include_pad}
    shape = reference.avg_pool2d(x, pool.kernel, **options).shape
    grad_output = numbers(seed + 1, shape, dtype)
    actual = reference.avg_pool2d_backward(grad_output, x, pool.kernel, **options)
    expected = gradient("avg_pool2d", x, grad_output, pool.kernel, **options)
    assert_near("avg_pool2d_backward", "PyTorch", actual, expected, size=4)
