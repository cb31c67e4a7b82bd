"""The gradients of pooling: lectures' inputs, definition, properties, bad input."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import eighths, exact_sums, pools, pools_of_averages, seeds

import reference
from reference import (
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
    min_pool2d,
    min_pool2d_backward,
)

steadily = settings(deadline=None, derandomize=True, max_examples=60)
EPS = np.finfo(np.float64).eps
PROTO = [[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]
ELTE = [[4, 6, 1, 1], [1, 3, 1, 3], [4, 0, 0, 8], [8, 5, 4, 0]]
OF_ONE_PIXEL = ("max_pool2d_backward", "min_pool2d_backward")
OF_WINDOWS = (*OF_ONE_PIXEL, "avg_pool2d_backward")


def named(way, names):
    """Parametrize over the operations called so, each marked as a proof of its name."""
    mark = getattr(pytest.mark, way)
    return pytest.mark.parametrize("name", [pytest.param(name, marks=mark(name)) for name in names])


def forward(name):
    return getattr(reference, name.removesuffix("_backward"))


# On the lectures' inputs, by hand


@pytest.mark.lecture("max_pool2d_backward")
@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (PROTO, [[0, 1, 0, 2], [0, 0, 0, 0], [0, 0, 0, 0], [0, 3, 4, 0]]),  # to 9, 5, 6, 8
        (ELTE, [[0, 1, 0, 0], [0, 0, 0, 2], [0, 0, 0, 4], [3, 0, 0, 0]]),  # to 6, 3, 8, 8
    ],
    ids=["proto-max", "elte-max"],
)
def test_the_largest_of_each_window_has_all_of_its_gradient(image, expected):
    grad = max_pool2d_backward([[[1, 2], [3, 4]]], [image], 2)
    np.testing.assert_array_equal(grad, [expected])


@pytest.mark.lecture("min_pool2d_backward")
def test_the_smallest_of_each_window_of_proto_max_has_all_of_its_gradient():
    grad = min_pool2d_backward([[[1, 2], [3, 4]]], [PROTO], 2)
    expected = [[1, 0, 2, 0], [0, 0, 0, 0], [3, 0, 0, 4], [0, 0, 0, 0]]  # to 4, 2, 2, 4
    np.testing.assert_array_equal(grad, [expected])


@pytest.mark.lecture("avg_pool2d_backward")
def test_each_pixel_of_proto_avg_has_a_quarter_of_its_windows_gradient():
    grad = avg_pool2d_backward([[[4, 8], [12, 16]]], [PROTO], 2)
    np.testing.assert_array_equal(grad, [[[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]])


@pytest.mark.lecture("max_pool2d_backward", "min_pool2d_backward")
@pytest.mark.lecture("avg_pool2d_backward", "global_avg_pool2d_backward")
def test_ncu_region():
    x, grad = [[[1, 2], [3, 4]]], [[[8]]]
    np.testing.assert_array_equal(max_pool2d_backward(grad, x, 2), [[[0, 0], [0, 8]]])
    np.testing.assert_array_equal(min_pool2d_backward(grad, x, 2), [[[8, 0], [0, 0]]])
    np.testing.assert_array_equal(avg_pool2d_backward(grad, x, 2), [[[2, 2], [2, 2]]])
    np.testing.assert_array_equal(global_avg_pool2d_backward([8], x), [[[2, 2], [2, 2]]])


# The definition


@named("definition", OF_ONE_PIXEL)
@steadily
@given(pool=pools(blind=True), seed=seeds)
def test_windows_add_up_at_their_pixel_and_those_of_padding_send_nothing(name, pool, seed):
    x, sign = eighths(seed, 2, *pool.size), 1 if name.startswith("max") else -1
    grad_output = eighths(seed + 1, *forward(name)(x, pool.kernel, **pool.options).shape)
    sent = []
    for c in range(2):
        for window, places in pool.windows.items():
            if pixels := pool.inside(places):
                best = max(pixels, key=lambda pixel, c=c: sign * x[c][pixel])
                sent.append(((c, *best), Fraction(grad_output[c][window])))
    grad = getattr(reference, name)(grad_output, x, pool.kernel, **pool.options)
    np.testing.assert_array_equal(grad, exact_sums(x.shape, sent))


@pytest.mark.definition("avg_pool2d_backward")
@steadily
@given(pools_of_averages, seeds, st.booleans())
def test_each_pixel_of_a_window_has_the_same_share(pool, seed, include_pad):
    x, counted = np.zeros((2, *pool.size)), pool.inside_padding if include_pad else pool.inside
    options = pool.options_of_averages | {"count_include_pad": include_pad}
    shape = avg_pool2d(x, pool.kernel, **options).shape
    grad_output = np.random.default_rng(seed).standard_normal(shape)
    sent = [
        ((c, *pixel), Fraction(grad_output[c][window]) / len(counted(places)))
        for c in range(2)
        for window, places in pool.windows.items()
        for pixel in pool.inside(places)
    ]
    grad = avg_pool2d_backward(grad_output, x, pool.kernel, **options)
    size = exact_sums(x.shape, ((pixel, abs(share)) for pixel, share in sent))
    assert (abs(grad - exact_sums(x.shape, sent)) <= 4 * EPS * size).all()


@pytest.mark.definition("global_avg_pool2d_backward")
@steadily
@given(st.tuples(*[st.integers(1, 5)] * 4), seeds, st.booleans())
def test_each_pixel_has_the_same_share(shape, seed, keepdims):
    x, channels = np.zeros(shape), np.random.default_rng(seed).standard_normal(shape[:2])
    grad_output = channels[..., np.newaxis, np.newaxis] if keepdims else channels
    grad = global_avg_pool2d_backward(grad_output, x, keepdims=keepdims)
    pixels = shape[2] * shape[3]
    for index in np.ndindex(shape):
        assert grad[index] == float(Fraction(channels[index[:2]]) / pixels)


# Properties


@named("property", OF_ONE_PIXEL)
@steadily
@given(pool=pools(), seed=seeds)
def test_no_gradient_is_lost_where_every_window_sees_the_image(name, pool, seed):
    x = eighths(seed, 2, *pool.size)
    out = forward(name)(x, pool.kernel, **pool.options)
    grad_output = eighths(seed + 1, *out.shape)
    grad = getattr(reference, name)(grad_output, x, pool.kernel, **pool.options)
    np.testing.assert_array_equal(grad.sum((1, 2)), grad_output.sum((1, 2)))
    # A pool of t*x is t times the pool of x (Euler): the gradient times x is the output.
    assert (grad * x).sum() == (grad_output * out).sum()


@pytest.mark.property("min_pool2d_backward")
@steadily
@given(pools(blind=True), seeds)
def test_the_smallest_sends_back_as_the_largest_of_the_opposite(pool, seed):
    values = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, 2.0]
    x = np.random.default_rng(seed).choice(values, (2, *pool.size))
    grad_output = eighths(seed, *min_pool2d(x, pool.kernel, **pool.options).shape)
    np.testing.assert_array_equal(
        min_pool2d_backward(grad_output, x, pool.kernel, **pool.options),
        max_pool2d_backward(grad_output, -x, pool.kernel, **pool.options),
    )


@pytest.mark.property("max_pool2d_backward")
@steadily
@given(pools(), seeds)
def test_the_gradient_goes_to_the_indices(pool, seed):
    x = eighths(seed, 1, *pool.size)
    out, indices = max_pool2d(x, pool.kernel, **pool.options, return_indices=True)
    grad = max_pool2d_backward(np.ones(out.shape), x, pool.kernel, **pool.options)
    np.testing.assert_array_equal(grad.ravel(), np.bincount(indices.ravel(), minlength=x.size))


@pytest.mark.property("avg_pool2d_backward")
@steadily
@given(pools_of_averages, seeds, st.booleans())
def test_the_gradient_of_the_mean_is_its_adjoint(pool, seed, include_pad):
    """<f(x), g> = <x, f*(g)>"""
    rng = np.random.default_rng(seed)
    x, options = rng.standard_normal((2, *pool.size)), pool.options_of_averages
    options |= {"count_include_pad": include_pad}
    out = avg_pool2d(x, pool.kernel, **options)
    grad_output = rng.standard_normal(out.shape)
    grad = avg_pool2d_backward(grad_output, x, pool.kernel, **options)
    inner = math.fsum((out * grad_output).ravel())
    assert math.fsum((x * grad).ravel()) == pytest.approx(inner, rel=1e-13, abs=1e-13)
    # It sees only the shape of x.
    np.testing.assert_array_equal(
        avg_pool2d_backward(grad_output, x * np.nan, pool.kernel, **options), grad
    )


@pytest.mark.property("global_avg_pool2d_backward")
@steadily
@given(st.tuples(*[st.integers(1, 5)] * 4), seeds)
def test_the_gradient_of_the_global_mean_is_its_adjoint(shape, seed):
    rng = np.random.default_rng(seed)
    x, grad_output = rng.standard_normal(shape), rng.standard_normal(shape[:2])
    inner = math.fsum((global_avg_pool2d(x) * grad_output).ravel())
    grad = global_avg_pool2d_backward(grad_output, x)
    assert math.fsum((x * grad).ravel()) == pytest.approx(inner, rel=1e-13, abs=1e-13)


@named("property", OF_WINDOWS)
@steadily
@given(pool=pools_of_averages, seed=seeds, order=st.permutations(range(4)))
def test_channels_do_not_mix(name, pool, seed, order):
    x, options = eighths(seed, 4, *pool.size), pool.options_of_averages
    grad_output = eighths(seed + 1, *forward(name)(x, pool.kernel, **options).shape)
    backward = getattr(reference, name)
    np.testing.assert_array_equal(
        backward(grad_output[order], x[order], pool.kernel, **options),
        backward(grad_output, x, pool.kernel, **options)[order],
    )


@named("property", OF_WINDOWS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_of_a_window_stay_with_its_pixels(name, value):
    grad_output = np.array([[[1, value]]])
    grad = getattr(reference, name)(grad_output, np.ones((1, 2, 4)), 2)
    assert np.isfinite(grad[..., :2]).all()
    np.testing.assert_array_equal(grad[0, 0, 2], value)


@named("property", OF_ONE_PIXEL)
def test_the_last_nan_has_the_gradient_of_its_window(name):
    x = [[[np.nan, 5], [np.nan, -5]]]
    np.testing.assert_array_equal(getattr(reference, name)([[[3]]], x, 2), [[[0, 0], [3, 0]]])


@named("property", OF_ONE_PIXEL)
def test_a_window_of_padding_alone_sends_nothing(name):
    options = {"stride": 1, "padding": 1, "dilation": 3}
    grad = getattr(reference, name)(np.ones((1, 1, 1)), np.ones((1, 2, 2)), 2, **options)
    np.testing.assert_array_equal(grad, np.zeros((1, 2, 2)))


@named("property", OF_WINDOWS)
def test_float32_is_summed_in_float64(name):
    # The middle pixel has a gradient from each of 64 windows; each term after the first, 1, is too
    # small to change a float32, but their sum is not.
    x = np.zeros((1, 1, 127), np.float32)
    x[..., 63] = -1 if name.startswith("min") else 1
    grad_output = np.full((1, 1, 64), 2.0**-25, np.float32)
    grad_output[..., 0] = 1
    grad = getattr(reference, name)(grad_output, x, (1, 64), stride=1)
    sent = 1 + 63 * 2.0**-25
    assert grad[0, 0, 63] == np.float32(sent / 64 if name.startswith("avg") else sent) != 1


@pytest.mark.property("max_pool2d_backward", "min_pool2d_backward")
@pytest.mark.property("avg_pool2d_backward", "global_avg_pool2d_backward")
def test_an_empty_batch_has_an_empty_gradient():
    x, grad_output = np.ones((0, 3, 5, 4)), np.ones((0, 3, 2, 2))
    for backward in (max_pool2d_backward, min_pool2d_backward, avg_pool2d_backward):
        assert backward(grad_output, x, 2).shape == x.shape
    assert global_avg_pool2d_backward(np.ones((0, 3)), x).shape == x.shape


# Bad input


@named("bad_input", OF_WINDOWS)
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"grad_output": np.ones((1, 3, 4))},
            ValueError,
            r"grad_output: got shape \(1, 3, 4\), expected \(1, 3, 3\), the shape of \w+_pool2d\(x",
        ),
        ({"grad_output": np.ones((3, 3))}, ValueError, r"grad_output: got shape \(3, 3\), exp"),
        ({"grad_output": [["a"]]}, TypeError, r"grad_output: got dtype <U1, expected float32"),
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": np.ones((1, 5, 0))}, ValueError, r"x: got shape \(1, 5, 0\), expected"),
        ({"kernel_size": 0}, ValueError, "kernel_size: got 0, expected an integer of at least 1"),
        ({"kernel_size": 6}, ValueError, r"kernel_size: got a kernel that covers \(6, 6\), .*5, 5"),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"padding": 2}, ValueError, r"padding: got \(2, 2\), expected at most \(1, 1\), half of"),
        ({"backend": "tpu"}, ValueError, "backend: got 'tpu', expected 'cpu'"),
    ],
)
def test_bad_input_is_named(name, arguments, error, message):
    right = {"grad_output": np.ones((1, 3, 3)), "x": np.ones((1, 5, 5)), "kernel_size": 3}
    with pytest.raises(error, match=f"^{message}"):
        getattr(reference, name)(**right | {"stride": 1} | arguments)


@pytest.mark.bad_input("global_avg_pool2d_backward")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"grad_output": np.ones((1, 2))},
            ValueError,
            r"grad_output: got shape \(1, 2\), expected \(1,\), the shape of global_avg_pool2d\(x",
        ),
        (
            {"keepdims": True},
            ValueError,
            r"grad_output: got shape \(1,\), expected \(1, 1, 1\), the shape of global_avg",
        ),
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": [[[1j]]]}, TypeError, r"x: got dtype complex128, expected float32, float64"),
        ({"backend": "tpu"}, ValueError, "backend: got 'tpu', expected 'cpu'"),
    ],
)
def test_bad_input_of_the_global_mean_is_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        global_avg_pool2d_backward(**{"grad_output": [1.0], "x": np.ones((1, 5, 5))} | arguments)
