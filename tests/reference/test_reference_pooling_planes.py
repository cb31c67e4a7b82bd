"""Pools of many planes at a time, and of windows that are runs of pixels: each as if alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import pools, pools_of_averages, seeds

from reference import avg_pool2d, max_pool2d, min_pool2d

steadily = settings(deadline=None, derandomize=True, max_examples=100)
each_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64])
each_operation = pytest.mark.parametrize("operation", [max_pool2d, min_pool2d])
dtypes = st.sampled_from([np.float32, np.float64])
# Around the lanes of every vector: 4, 8 and 16.
counts = st.sampled_from([4, 7, 8, 9, 15, 16, 17, 33])
SPECIAL = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, 2.0])


def numbers(seed, shape, dtype):
    """Return numbers of which many are equal and some are special."""
    rng = np.random.default_rng(seed)
    x = rng.integers(-3, 3, shape).astype(dtype)
    return np.where(rng.random(shape) < 0.05, rng.choice(SPECIAL, shape), x).astype(dtype)


def assert_same_bits(actual, expected):
    """NaN is NaN, and the sign of zero counts."""
    np.testing.assert_array_equal(actual, expected)
    numbered = ~np.isnan(expected)
    np.testing.assert_array_equal(np.signbit(actual[numbered]), np.signbit(expected[numbered]))


def by_definition(plane, kernel, stride):
    """Return the largest number of each window of a plane, and where it stands."""
    rows, columns = ((size - kernel) // stride + 1 for size in plane.shape)
    best = np.full((rows, columns), -np.inf, plane.dtype)
    places = np.empty((rows, columns), np.int64)
    for i, j in np.ndindex(rows, columns):
        places[i, j] = i * stride * plane.shape[1] + j * stride
        for u, v in np.ndindex(kernel, kernel):
            value = plane[i * stride + u, j * stride + v]
            if value > best[i, j] or np.isnan(value):
                best[i, j] = value
                places[i, j] = (i * stride + u) * plane.shape[1] + j * stride + v
    return best, places


@each_operation
@steadily
@given(pool=pools(blind=True), count=counts, dtype=dtypes, seed=seeds)
def test_planes_together_are_pooled_like_each_alone(operation, pool, count, dtype, seed):
    x = numbers(seed, (count, *pool.size), dtype)
    together, places = operation(x, pool.kernel, **pool.options, return_indices=True)
    assert_same_bits(operation(x, pool.kernel, **pool.options), together)
    for p in range(count):
        options = pool.options | {"return_indices": True}
        alone, its_places = operation(x[p : p + 1], pool.kernel, **options)
        assert_same_bits(together[p], alone[0])
        np.testing.assert_array_equal(places[p], its_places[0])


@steadily
@given(pools_of_averages, counts, dtypes, seeds, st.booleans())
def test_planes_together_are_averaged_like_each_alone(pool, count, dtype, seed, include_pad):
    x = numbers(seed, (count, *pool.size), dtype) / dtype(3)
    options = pool.options_of_averages | {"count_include_pad": include_pad}
    together = avg_pool2d(x, pool.kernel, **options)
    for p in range(count):
        assert_same_bits(together[p], avg_pool2d(x[p : p + 1], pool.kernel, **options)[0])


@each_dtype
@pytest.mark.parametrize("size", [5, 9, 30, 41])
@pytest.mark.parametrize(("kernel", "stride"), [(2, 2), (3, 2), (3, 3), (4, 5), (5, 1)])
def test_the_largest_of_planes_of_every_size_is_that_of_the_definition(dtype, size, kernel, stride):
    x = numbers(size, (17, size, size), dtype)
    best, places = max_pool2d(x, kernel, stride=stride, return_indices=True)
    for p, plane in enumerate(x):
        expected, its_places = by_definition(plane, kernel, stride)
        assert_same_bits(best[p], expected)
        np.testing.assert_array_equal(places[p], its_places)


@each_dtype
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 12])
def test_a_window_as_large_as_the_image_is_the_image(dtype, size):
    x = numbers(size, (19, size, size), dtype)
    best, places = max_pool2d(x, size, return_indices=True)
    for p, plane in enumerate(x):
        expected, its_places = by_definition(plane, size, 1)
        assert_same_bits(best[p], expected)
        assert places[p] == its_places


@each_dtype
@pytest.mark.parametrize("planes", [1, 16])
@pytest.mark.parametrize("kernel", [3, 6])
def test_infinities_of_both_signs_are_numbers(dtype, planes, kernel):
    x = np.ones((planes, 6, 6), dtype)
    x[:, 2, 1], x[:, 1, 2] = np.inf, -np.inf
    best, places = max_pool2d(x, kernel, return_indices=True)
    np.testing.assert_array_equal(best[:, 0, 0], np.full(planes, np.inf))
    np.testing.assert_array_equal(places[:, 0, 0], np.full(planes, 13))
    worst, places = min_pool2d(x, kernel, return_indices=True)
    np.testing.assert_array_equal(worst[:, 0, 0], np.full(planes, -np.inf))
    np.testing.assert_array_equal(places[:, 0, 0], np.full(planes, 8))


@each_dtype
@each_operation
@pytest.mark.parametrize("kernel", [3, 6])
def test_the_last_nan_is_found_in_every_plane(dtype, operation, kernel):
    planes, x = np.arange(36), np.zeros((36, 6, 6), dtype)
    x[:, 0, 0] = np.nan
    x.reshape(36, 36)[planes, planes] = np.nan
    best, places = operation(x, kernel, return_indices=True)
    assert np.isnan(best[:, 0, 0]).all()
    in_first_window = (planes % 6 < kernel) & (planes // 6 < kernel)
    np.testing.assert_array_equal(places[:, 0, 0], np.where(in_first_window, planes, 0))


@each_dtype
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (4, 4), (5, 17), (7, 7)])
@pytest.mark.parametrize("planes", [3, 8, 17])
def test_nothing_around_the_planes_is_read_or_written(dtype, size, planes):
    """The planes lie between NaNs."""
    around = np.full(planes * size[0] * size[1] + 128, np.nan, dtype)
    x = around[64:-64].reshape(planes, *size)
    x[...] = np.arange(x.size).reshape(x.shape)
    np.testing.assert_array_equal(max_pool2d(x, size)[:, 0, 0], x[:, -1, -1])
    np.testing.assert_array_equal(avg_pool2d(x, size)[:, 0, 0], x.mean((1, 2)))
    for kernel in (1, (1, 2)) if size[1] > 1 else (1,):
        best = max_pool2d(x, kernel, stride=1)
        np.testing.assert_array_equal(best, x[:, :, x.shape[2] - best.shape[2] :])
        means = avg_pool2d(x, kernel, stride=1)
        np.testing.assert_array_equal(means, (best + x[:, :, : best.shape[2]]) / 2)
    np.testing.assert_array_equal(np.isnan(around), [True] * 64 + [False] * x.size + [True] * 64)


@each_dtype
@pytest.mark.parametrize("planes", [1, 16])
@pytest.mark.parametrize("size", [3, 16, 17, 40])
def test_means_of_windows_as_large_as_the_image_lose_no_digits(dtype, planes, size):
    x = np.random.default_rng(size).standard_normal((planes, size, size)).astype(dtype)
    expected = x.astype(np.longdouble).mean((1, 2))
    error = np.abs(avg_pool2d(x, size)[:, 0, 0] - expected)
    assert (error <= 3 * np.finfo(np.float64).eps + np.finfo(dtype).eps * np.abs(expected)).all()
