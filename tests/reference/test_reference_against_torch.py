"""The operations against PyTorch, option by option."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import conv2d, cross_entropy, max_pool2d, momentum, softmax

torch = pytest.importorskip("torch")
functional = torch.nn.functional

pytestmark = pytest.mark.peer
steadily = settings(deadline=None, derandomize=True, max_examples=100)
dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**32 - 1)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


def tensor(array):
    return torch.from_numpy(np.ascontiguousarray(array))


def assert_near(actual, expected, size=1.0, units=16):
    """Compare to a few units in the last place of size, the largest number on the way."""
    expected = expected.numpy() if isinstance(expected, torch.Tensor) else expected
    assert actual.dtype == expected.dtype
    tolerance = units * np.finfo(actual.dtype).eps
    np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance * size)


@steadily
@given(dtypes, seeds, pairs, pairs, pairs, pairs, st.integers(1, 3), st.integers(0, 6), st.data())
def test_conv2d(dtype, seed, kernel, stride, dilation, padding, groups, spare, data):
    rng = np.random.default_rng(seed)
    shape = [
        max(1, d * (k - 1) + 1 - 2 * p) + spare
        for d, k, p in zip(dilation, kernel, padding, strict=True)
    ]
    batch = data.draw(st.sampled_from([(), (0,), (1,), (3,)]))
    x = rng.standard_normal((*batch, 2 * groups, *shape)).astype(dtype)
    weight = rng.standard_normal((3 * groups, 2, *kernel)).astype(dtype)
    bias = data.draw(st.sampled_from([None, rng.standard_normal(3 * groups).astype(dtype)]))
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    bias_tensor = None if bias is None else tensor(bias)
    expected = functional.conv2d(tensor(x), tensor(weight), bias_tensor, **options)
    assert_near(conv2d(x, weight, bias, **options), expected, size=weight[0].size)


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@steadily
@given(seeds, st.tuples(st.integers(1, 5), st.integers(1, 5)), pairs)
def test_conv2d_pads_same(seed, kernel, dilation):
    rng = np.random.default_rng(seed)
    x, weight = rng.standard_normal((2, 1, 4, 5)), rng.standard_normal((2, 1, *kernel))
    options = {"padding": "same", "dilation": dilation}
    expected = functional.conv2d(tensor(x), tensor(weight), **options)
    assert_near(conv2d(x, weight, **options), expected, size=weight[0].size)


special = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, 2.0])


@steadily
@given(
    dtypes,
    seeds,
    st.sampled_from([special, special[1:]]),
    pairs,
    pairs,
    pairs,
    st.booleans(),
    st.data(),
)
def test_max_pool2d_with_ties_nan_infinity_and_windows_of_padding(
    dtype, seed, values, kernel, stride, dilation, ceil_mode, data
):
    padding = tuple(data.draw(st.integers(0, k // 2)) for k in kernel)
    shape = [
        max(1, d * (k - 1) + 1 - 2 * p) + data.draw(st.integers(0, 5))
        for k, d, p in zip(kernel, dilation, padding, strict=True)
    ]
    batch = data.draw(st.sampled_from([(), (0,), (2,)]))
    x = np.random.default_rng(seed).choice(values, (*batch, 2, *shape)).astype(dtype)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    out, indices = max_pool2d(x, kernel, **options, return_indices=True)
    expected, places = functional.max_pool2d(tensor(x), kernel, **options, return_indices=True)
    np.testing.assert_array_equal(out, expected.numpy(), strict=True)
    np.testing.assert_array_equal(indices, places.numpy(), strict=True)
    np.testing.assert_array_equal(np.signbit(out), np.signbit(expected.numpy()))


@steadily
@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(0, 4), st.booleans())
def test_max_pool2d_refuses_what_torch_refuses(size, kernel, stride, padding, ceil_mode):
    x = np.zeros((1, size, size))
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    try:
        expected = functional.max_pool2d(tensor(x), kernel, **options).shape
    except RuntimeError:
        with pytest.raises(ValueError, match=r"^(kernel_size|padding): got"):
            max_pool2d(x, kernel, **options)
    else:
        assert max_pool2d(x, kernel, **options).shape == expected


@steadily
@given(dtypes, seeds, st.integers(-3, 2), st.sampled_from([1, 30, 1000]))
def test_softmax(dtype, seed, axis, scale):
    x = (scale * np.random.default_rng(seed).standard_normal((3, 4, 5))).astype(dtype)
    assert_near(softmax(x, axis), functional.softmax(tensor(x), axis))


@pytest.mark.parametrize("row", [[-np.inf, 0], [-np.inf, -np.inf], [np.inf, 0], [np.nan, 0]])
def test_softmax_of_special_values(row):
    np.testing.assert_array_equal(softmax(row), functional.softmax(torch.tensor(row), -1).numpy())


@pytest.mark.parametrize("shape", [(0,), (2, 0), (0, 3)])
def test_softmax_of_nothing(shape):
    x = np.ones(shape)
    assert softmax(x).shape == tuple(functional.softmax(tensor(x), -1).shape)


@steadily
@given(dtypes, seeds, st.sampled_from(["mean", "sum", "none"]), st.integers(0, 5))
def test_cross_entropy_of_softmax_is_that_of_the_logits(dtype, seed, reduction, samples):
    rng = np.random.default_rng(seed)
    logits = rng.standard_normal((samples, 4)).astype(dtype)
    probabilities = softmax(logits)
    labels, soft = rng.integers(0, 4, samples), softmax(rng.standard_normal((samples, 4)))
    for targets in (labels, soft.astype(dtype)):
        actual = cross_entropy(probabilities, targets, reduction=reduction)
        expected = functional.cross_entropy(tensor(logits), tensor(targets), reduction=reduction)
        assert_near(np.asarray(actual), expected, size=8)


@steadily
@given(dtypes, seeds, st.floats(0, 0.99), st.floats(-1, 2), st.floats(0, 1))
def test_momentum_is_sgd(dtype, seed, decay, dampening, rate):
    # PyTorch has no velocity without momentum, hence no dampening.
    dampening = 0.0 if decay == 0 else dampening
    rng = np.random.default_rng(seed)
    param, state = rng.standard_normal((2, 3)).astype(dtype), None
    peer = torch.nn.Parameter(tensor(param.copy()))
    optimizer = torch.optim.SGD([peer], lr=rate, momentum=decay, dampening=dampening)
    for _ in range(5):
        grad = rng.standard_normal((2, 3)).astype(dtype)
        param, state = momentum(
            param, grad, state, learning_rate=rate, momentum=decay, dampening=dampening
        )
        peer.grad = tensor(grad)
        optimizer.step()
        assert_near(param, peer.detach(), size=10)
        if decay:
            buffer = optimizer.state[peer]["momentum_buffer"]
            assert_near(state["velocity"], buffer, size=10)
