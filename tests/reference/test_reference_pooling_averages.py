"""avg_pool2d and global_avg_pool2d: lectures, definition, properties, bad input."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import eighths, exact_sums, pools_of_averages, seeds

from reference import avg_pool2d, global_avg_pool2d, max_pool2d, min_pool2d

steadily = settings(deadline=None, derandomize=True, max_examples=60)
EPS = np.finfo(np.float64).eps
images = st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(1, 9))

# The lectures' numbers


@pytest.mark.lecture("avg_pool2d")
def test_proto_avg_with_one_decimal_half_of_which_rounds_up():
    image = [[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]
    pooled = [
        Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
        for value in avg_pool2d([image], 2).ravel().tolist()
    ]
    assert [str(value) for value in pooled] == ["6.0", "3.3", "4.3", "5.3"]


@pytest.mark.lecture("avg_pool2d", "global_avg_pool2d")
def test_ncu_region():
    assert avg_pool2d([[[1, 2], [3, 4]]], 2) == 2.5
    assert global_avg_pool2d([[[1, 2], [3, 4]]]) == 2.5


# The definition


@pytest.mark.definition("avg_pool2d")
@steadily
@given(pools_of_averages, seeds, st.booleans())
def test_means_are_exact_where_sums_are(pool, seed, include_pad):
    x = eighths(seed, 2, *pool.size)
    counted = pool.inside_padding if include_pad else pool.inside
    out = avg_pool2d(x, pool.kernel, **pool.options_of_averages, count_include_pad=include_pad)
    expected = exact_sums(
        out.shape,
        (
            ((c, *window), Fraction(x[c, row, column]) / len(counted(places)))
            for c in range(2)
            for window, places in pool.windows.items()
            for row, column in pool.inside(places)
        ),
    )
    np.testing.assert_array_equal(out, expected)


@pytest.mark.definition("avg_pool2d")
@steadily
@given(pools_of_averages, seeds)
def test_means_of_any_numbers_lose_no_digits(pool, seed):
    x = np.random.default_rng(seed).standard_normal((1, *pool.size))
    out = avg_pool2d(x, pool.kernel, **pool.options_of_averages, count_include_pad=False)
    for window, places in pool.windows.items():
        pixels = [x[0, row, column] for row, column in pool.inside(places)]
        mean, size = math.fsum(pixels) / len(pixels), np.mean(np.abs(pixels))
        assert out[0][window] == pytest.approx(mean, rel=0, abs=3 * EPS * size)


@pytest.mark.definition("global_avg_pool2d")
@steadily
@given(images, seeds, st.booleans())
def test_global_means_are_exact_where_sums_are(shape, seed, keepdims):
    x = eighths(seed, 2, *shape)
    out = global_avg_pool2d(x, keepdims=keepdims)
    assert out.shape == x.shape[:2] + (1, 1) * keepdims
    expected = [
        [float(sum(map(Fraction, plane.ravel())) / plane.size) for plane in image] for image in x
    ]
    np.testing.assert_array_equal(out.reshape(x.shape[:2]), expected)


@pytest.mark.definition("avg_pool2d", "global_avg_pool2d")
@pytest.mark.parametrize("shape", [(1, 300, 300), (1, 1, 100_001), (1, 99_991, 1)])
def test_a_long_sum_loses_no_digits(shape):
    x = 0.1 + np.random.default_rng(3).random(shape)
    mean = pytest.approx(math.fsum(x.ravel()) / x.size, rel=4 * EPS, abs=0)
    assert global_avg_pool2d(x).item() == mean
    if min(shape[1:]) > 1:
        mean = pytest.approx(math.fsum(x.ravel()) / x.size, rel=16 * EPS, abs=0)
        assert avg_pool2d(x, shape[1:]).item() == mean


# Properties


@pytest.mark.property("avg_pool2d")
@steadily
@given(pools_of_averages, seeds)
def test_a_mean_of_pixels_lies_between_the_smallest_and_the_largest(pool, seed):
    x = eighths(seed, 2, *pool.size)
    low, high = (f(x, pool.kernel, **pool.options_of_averages) for f in (min_pool2d, max_pool2d))
    mean = avg_pool2d(x, pool.kernel, **pool.options_of_averages, count_include_pad=False)
    assert ((low <= mean) & (mean <= high)).all()


@pytest.mark.property("avg_pool2d", "global_avg_pool2d")
@pytest.mark.parametrize("value", [0.1, -3.0, 1e308, 5e-324, np.inf, np.nan])
def test_equal_pixels_are_their_own_mean(value):
    x = np.full((2, 4, 4), value)
    if abs(value) == 1e308:
        x /= 16  # the sum must not overflow
    np.testing.assert_array_equal(global_avg_pool2d(x), x[:, 0, 0])
    np.testing.assert_array_equal(avg_pool2d(x, 2, stride=1), x[:, 1:, 1:])
    pooled = avg_pool2d(x, 2, stride=1, padding=1, count_include_pad=False)
    np.testing.assert_array_equal(pooled, np.full((2, 5, 5), x[0, 0, 0]))


@pytest.mark.property("avg_pool2d", "global_avg_pool2d")
@steadily
@given(images, seeds)
def test_one_window_over_the_image_is_the_global_mean(shape, seed):
    x = eighths(seed, *shape)
    np.testing.assert_array_equal(avg_pool2d(x, shape[1:]), global_avg_pool2d(x, keepdims=True))


@pytest.mark.property("avg_pool2d")
@steadily
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), seeds)
def test_windows_side_by_side_keep_the_sum(kernel, rows, columns, seed):
    x = eighths(seed, 2, kernel * rows, kernel * columns)
    total = avg_pool2d(x, kernel).sum() * kernel**2
    assert total == pytest.approx(x.sum(), rel=1e-13, abs=1e-13)


@pytest.mark.property("avg_pool2d", "global_avg_pool2d")
@steadily
@given(pools_of_averages, seeds, st.permutations(range(4)))
def test_channels_do_not_mix(pool, seed, order):
    x = np.random.default_rng(seed).standard_normal((4, *pool.size))
    pooled = [avg_pool2d(each, pool.kernel, **pool.options_of_averages) for each in (x, x[order])]
    np.testing.assert_array_equal(pooled[1], pooled[0][order])
    np.testing.assert_array_equal(global_avg_pool2d(x[order]), global_avg_pool2d(x)[order])


@pytest.mark.property("global_avg_pool2d")
@steadily
@given(images, seeds)
def test_the_order_of_the_pixels_does_not_matter_to_the_global_mean(shape, seed):
    x = eighths(seed, *shape)
    moved = np.random.default_rng(seed).permutation(x.reshape(shape[0], -1), axis=1).reshape(shape)
    np.testing.assert_array_equal(global_avg_pool2d(moved), global_avg_pool2d(x))


@pytest.mark.property("avg_pool2d", "global_avg_pool2d")
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_go_where_they_are_seen_and_nowhere_else(value):
    x = np.zeros((2, 5, 5))
    x[0, 1, 2] = value
    expected = np.zeros((2, 4, 4))
    expected[0, 0:2, 1:3] = value
    np.testing.assert_array_equal(avg_pool2d(x, 2, stride=1), expected)
    np.testing.assert_array_equal(global_avg_pool2d(x), [value, 0])


@pytest.mark.property("avg_pool2d")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # One row 6, 6, 6 and windows of two side by side; 6/1 is clipped, (6+0)/2 is padded.
        ({"ceil_mode": True}, [6, 6]),
        ({"padding": (0, 1)}, [3, 6]),
        ({"padding": (0, 1), "count_include_pad": False}, [6, 6]),
        ({"padding": (0, 1), "stride": 3, "ceil_mode": True}, [3, 3]),
        ({"kernel_size": (1, 4), "padding": (0, 1), "ceil_mode": True}, [4.5]),
        ({"kernel_size": (1, 4), "stride": 2, "padding": (0, 1), "ceil_mode": True}, [4.5, 4]),
    ],
)
def test_what_hangs_over_the_padding_never_counts(options, expected):
    pooled = avg_pool2d(np.full((1, 1, 3), 6.0), **{"kernel_size": (1, 2)} | options)
    np.testing.assert_array_equal(pooled, [[expected]])


@pytest.mark.property("avg_pool2d", "global_avg_pool2d")
def test_an_empty_batch_gives_an_empty_result():
    assert avg_pool2d(np.ones((0, 3, 5, 4)), 2).shape == (0, 3, 2, 2)
    assert global_avg_pool2d(np.ones((0, 3, 5, 4))).shape == (0, 3)


# Bad input


@pytest.mark.bad_input("avg_pool2d")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": np.ones((1, 5, 0))}, ValueError, r"x: got shape \(1, 5, 0\), expected"),
        ({"x": [[[1j]]]}, TypeError, r"x: got dtype complex128, expected float32, float64"),
        ({"kernel_size": 0}, ValueError, "kernel_size: got 0, expected an integer of at least 1"),
        ({"kernel_size": "2"}, TypeError, "kernel_size: got '2', expected an integer"),
        ({"kernel_size": 6}, ValueError, r"kernel_size: got a kernel that covers \(6, 6\), .*5, 5"),
        (
            {"kernel_size": 9, "stride": 2, "ceil_mode": True},
            ValueError,
            r"kernel_size: got a kernel that covers \(9, 9\), .* \(5, 5\) with stride \(2, 2\)",
        ),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"padding": 2}, ValueError, r"padding: got \(2, 2\), expected at most \(1, 1\), half of"),
        ({"padding": -1}, ValueError, "padding: got -1, expected an integer of at least 0"),
        ({"backend": "tpu"}, ValueError, "backend: got 'tpu', expected 'cpu'"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        avg_pool2d(**{"x": np.ones((1, 5, 5)), "kernel_size": 3} | arguments)


@pytest.mark.bad_input("global_avg_pool2d")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": np.ones((2, 3, 0, 4))}, ValueError, r"x: got shape \(2, 3, 0, 4\), expected"),
        ({"x": [[["a"]]]}, TypeError, r"x: got dtype <U1, expected float32, float64"),
        ({"backend": "tpu"}, ValueError, "backend: got 'tpu', expected 'cpu'"),
    ],
)
def test_bad_input_of_the_global_mean_is_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        global_avg_pool2d(**{"x": np.ones((1, 5, 5))} | arguments)
