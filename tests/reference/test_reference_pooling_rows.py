"""Rows of windows in vectors: every width around that of a vector, NaN and ties in every lane."""

import numpy as np
import pytest
from guards import assert_guards_are_whole, guarded

from reference import max_pool2d, min_pool2d
from reference.cpu.pooling_images import pool_images
from reference.cpu.pooling_planes import pool_planes
from reference.cpu.pooling_runs import pool_runs

DTYPES = [np.float32, np.float64]


def by_definition(x, kernel, stride, dilation=1):
    """Return the largest of each window of one row of pixels, and where it stands."""
    count = (x.shape[-1] - dilation * (kernel - 1) - 1) // stride + 1
    taps = stride * np.arange(count)[:, np.newaxis] + dilation * np.arange(kernel)
    best, places = np.empty(count, x.dtype), np.empty(count, np.int64)
    for j in range(count):
        best[j], places[j] = x[taps[j, 0]], taps[j, 0]
        for tap in taps[j, 1:]:
            if x[tap] > best[j] or np.isnan(x[tap]):
                best[j], places[j] = x[tap], tap
    return best, places


def pool(x, kernel, stride, dilation=1):
    options = {"stride": (1, stride), "dilation": (1, dilation), "return_indices": True}
    best, places = max_pool2d(x[np.newaxis, np.newaxis], (1, kernel), **options)
    return best.ravel(), places.ravel()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("kernel", [1, 2, 3, 4])
@pytest.mark.parametrize("dilation", [1, 2])
def test_rows_of_every_width_around_that_of_a_vector(dtype, stride, kernel, dilation):
    rng = np.random.default_rng(0)
    for windows in (1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33):
        width = (windows - 1) * stride + dilation * (kernel - 1) + 1
        x = rng.integers(-3, 3, width).astype(dtype)
        x[rng.random(width) < 0.1] = np.nan
        x[rng.random(width) < 0.1] = -np.inf
        expected = by_definition(x, kernel, stride, dilation)
        for actual, wanted in zip(pool(x, kernel, stride, dilation), expected, strict=True):
            np.testing.assert_array_equal(actual, wanted)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("width", [16, 33, 34])
@pytest.mark.parametrize("value", [np.nan, 5.0])
def test_what_is_best_is_found_in_every_lane(dtype, width, value):
    for place in range(width // 2 * 2):
        x = np.ones(width, dtype)
        x[place] = value
        best, places = pool(x, 2, 2)
        expected = np.ones(width // 2, dtype)
        expected[place // 2] = value
        np.testing.assert_array_equal(best, expected)
        assert places[place // 2] == place
        assert (np.delete(places, place // 2) % 2 == 0).all()  # the first of equal values


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("operation", [max_pool2d, min_pool2d])
def test_the_sign_of_zero_is_that_of_the_first(dtype, operation):
    x = np.array([0.0, -0.0, -0.0, 0.0] * 9, dtype).reshape(1, 1, -1)
    best = operation(x, (1, 2))
    np.testing.assert_array_equal(np.signbit(best).ravel(), [False, True] * 9)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("operation", [max_pool2d, min_pool2d])
def test_subnormal_numbers_are_compared_like_others(dtype, operation):
    tiny = np.finfo(dtype).smallest_subnormal
    x = (tiny * np.arange(64, dtype=dtype)).reshape(1, 8, 8)
    row, column = (1, 1) if operation is max_pool2d else (0, 0)
    np.testing.assert_array_equal(operation(x, 2), x[:, row::2, column::2])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 17), (9, 16)])
def test_nothing_around_the_memory_is_read_or_written(dtype, size):
    """The image lies between NaNs, and each result is as large as it must be."""
    for planes in (1, 2, 5):
        around = np.full(planes * size[0] * size[1] + 128, np.nan, dtype)
        x = around[64:-64].reshape(planes, *size)
        x[...] = np.arange(x.size).reshape(x.shape)
        best, places = max_pool2d(x, 1, return_indices=True)
        np.testing.assert_array_equal(best, x)
        np.testing.assert_array_equal(places[0].ravel(), np.arange(size[0] * size[1]))
        np.testing.assert_array_equal(
            np.isnan(around), [True] * 64 + [False] * x.size + [True] * 64
        )


def largest(x, kernel, stride, padding):
    """Return the largest number of each window of planes (P, H, W)."""
    x = np.pad(x, ((0, 0), *[(padding, padding)] * 2), constant_values=-np.inf)
    seen = np.lib.stride_tricks.sliding_window_view(x, kernel, (1, 2))
    return seen[:, ::stride, ::stride].max((3, 4))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("pool", "kernel", "stride", "padding"),
    [
        *((pool, 2, 2, 0) for pool in (pool_images, pool_planes)),
        *((pool, 3, 2, 1) for pool in (pool_images, pool_planes)),
        *((pool_images, 3, 3, 0), (pool_images, 4, 4, 1), (pool_images, 5, 1, 2)),
        *((pool_images, 3, 5, 0), (pool_runs, None, 1, 0)),
    ],
)
def test_no_kernel_touches_what_is_around_its_arrays(pool, kernel, stride, padding, dtype):
    rng, sides = np.random.default_rng(0), [(stride,) * 2, (padding,) * 2, (1, 1)]
    for planes, size in [(1, (9, 10)), (3, (31, 45)), (17, (8, 8)), (2, (70, 33))]:
        window = size if kernel is None else (kernel, kernel)
        x, around = guarded(rng.standard_normal((planes, *size)), dtype)
        expected = largest(x, window, stride, padding)
        out, room = guarded(np.zeros(expected.shape), dtype)
        places = np.full(expected.size + 128, -7)
        own = places[64:-64].reshape(expected.shape)
        for indices in (np.empty((0, 0, 0), np.int8), own):
            pool(out, x, indices, dtype(1), window, *sides)
            np.testing.assert_array_equal(out, expected)
        found = np.take_along_axis(x.reshape(planes, -1), own.reshape(planes, -1), 1)
        np.testing.assert_array_equal(found, expected.reshape(planes, -1))
        assert_guards_are_whole(room, around)
        assert set(places[:64]) == set(places[-64:]) == {-7}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("padding", [0, 1])
@pytest.mark.parametrize(("kernel", "stride", "dilation"), [(2, 2, 1), (3, 1, 2), (5, 3, 1)])
def test_large_images_are_pooled_like_small_ones(kernel, stride, dilation, padding, dtype):
    """With a border, rows are copied some at a time."""
    x = np.random.default_rng(0).standard_normal((3, 201, 163)).astype(dtype)
    around = np.pad(x, ((0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    span = dilation * (kernel - 1) + 1
    seen = np.lib.stride_tricks.sliding_window_view(around, (span, span), (1, 2))
    expected = seen[:, ::stride, ::stride, ::dilation, ::dilation].max((3, 4))
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    np.testing.assert_array_equal(max_pool2d(x[np.newaxis], kernel, **options)[0], expected)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("width", [17, 40])
def test_infinities_of_both_signs_are_no_nan(dtype, width):
    x = np.tile(np.array([np.inf, -np.inf, 1.0], dtype), 2 * width)[: 4 * width].reshape(2, 2, -1)
    best, places = max_pool2d(x, (1, 2), stride=1, return_indices=True)
    expected = np.maximum(x[..., :-1], x[..., 1:])
    np.testing.assert_array_equal(best, expected)
    found = np.take_along_axis(x.reshape(2, -1), places.reshape(2, -1), 1)
    np.testing.assert_array_equal(found.reshape(best.shape), expected)
