"""max_pool2d and min_pool2d: the lectures' numbers, the definition, properties, bad input."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import eighths, pools, seeds

import reference
from reference import conv2d, max_pool2d, min_pool2d

steadily = settings(deadline=None, derandomize=True, max_examples=60)

PROTO = [[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]
ELTE = [[4, 6, 1, 1], [1, 3, 1, 3], [4, 0, 0, 8], [8, 5, 4, 0]]


def both(way):
    """Parametrize over the two operations, each marked as a proof of its name."""
    mark = getattr(pytest.mark, way)
    names = ("max_pool2d", "min_pool2d")
    return pytest.mark.parametrize("name", [pytest.param(name, marks=mark(name)) for name in names])


# The lectures' numbers


@pytest.mark.lecture("max_pool2d")
@pytest.mark.parametrize(
    ("image", "expected"),
    [(PROTO, [[9, 5], [6, 8]]), (ELTE, [[6, 3], [8, 8]])],
    ids=["proto-max", "elte-max"],
)
def test_lecture_examples(image, expected):
    np.testing.assert_array_equal(max_pool2d([image], 2), [expected])


@pytest.mark.lecture("max_pool2d", "min_pool2d")
def test_ncu_region():
    assert max_pool2d([[[1, 2], [3, 4]]], 2) == 4
    assert min_pool2d([[[1, 2], [3, 4]]], 2) == 1


@pytest.mark.lecture("min_pool2d")
def test_the_smallest_of_each_window_of_proto_max_by_hand():
    np.testing.assert_array_equal(min_pool2d([PROTO], 2), [[[4, 2], [2, 4]]])


@pytest.mark.lecture("max_pool2d")
@pytest.mark.parametrize("row", [[20, 0, 0], [0, 20, 0]], ids=["as it is", "shifted"])
def test_elte_equivariance_then_max_pool(row):
    """The convolved images differ, [[40, 0], [80, 0]] and [[40, 40], [40, 80]]; their pool not."""
    last = np.minimum(np.array(row) + np.roll(row, 1), 20)
    convolved = conv2d([[row, row, last]], [[[[2, 0], [0, 2]]]])
    assert max_pool2d(convolved, 2).item() == 80


# The definition


def by_definition(plane, pool, sign):
    """Return (values, indices) of one plane: sign is 1 for the largest, -1 for the smallest."""
    found = {}
    for window, places in pool.windows.items():
        best = max(pool.inside(places), key=lambda place: sign * plane[place])
        found[window] = plane[best], best[0] * pool.size[1] + best[1]
    shape = tuple(1 + end for end in max(found))
    values, indices = zip(*found.values(), strict=True)
    return np.reshape(values, shape), np.reshape(indices, shape)


@both("definition")
@steadily
@given(pool=pools(), seed=seeds)
def test_values_and_indices_agree_with_the_definition(name, pool, seed):
    x = eighths(seed, 2, 2, *pool.size)
    operation, sign = getattr(reference, name), {"max_pool2d": 1, "min_pool2d": -1}[name]
    out, indices = operation(x, pool.kernel, **pool.options, return_indices=True)
    for n, c in np.ndindex(x.shape[:2]):
        values, places = by_definition(x[n, c], pool, sign)
        np.testing.assert_array_equal(out[n, c], values)
        np.testing.assert_array_equal(indices[n, c], places)
    assert indices.dtype == np.int64
    np.testing.assert_array_equal(operation(x, pool.kernel, **pool.options), out)


# Properties


@both("property")
@steadily
@given(pool=pools(), seed=seeds)
def test_indices_find_the_values(name, pool, seed):
    x = eighths(seed, 2, 2, *pool.size)
    operation = getattr(reference, name)
    out, indices = operation(x, pool.kernel, **pool.options, return_indices=True)
    flat = x.reshape(*x.shape[:2], -1)
    found = np.take_along_axis(flat, indices.reshape(*x.shape[:2], -1), axis=2)
    np.testing.assert_array_equal(found.reshape(out.shape), out)


@pytest.mark.property("min_pool2d")
@steadily
@given(pools(blind=True), seeds, st.booleans())
def test_the_smallest_is_minus_the_largest_of_the_opposite(pool, seed, with_nan):
    values = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, 2.0][0 if with_nan else 1 :]
    x = np.random.default_rng(seed).choice(values, (2, *pool.size))
    out, indices = min_pool2d(x, pool.kernel, **pool.options, return_indices=True)
    opposite, places = max_pool2d(-x, pool.kernel, **pool.options, return_indices=True)
    np.testing.assert_array_equal(out, -opposite)
    np.testing.assert_array_equal(indices, places)


@both("property")
@steadily
@given(pool=pools(blind=True), seed=seeds, order=st.permutations(range(4)))
def test_channels_do_not_mix(name, pool, seed, order):
    x = eighths(seed, 4, *pool.size)
    pooled = [getattr(reference, name)(each, pool.kernel, **pool.options) for each in (x, x[order])]
    np.testing.assert_array_equal(pooled[1], pooled[0][order])


@both("property")
@steadily
@given(pool=pools(), seed=seeds)
def test_what_grows_with_the_pixels_grows_with_the_pool(name, pool, seed):
    x = eighths(seed, 2, *pool.size)
    raised = x + np.random.default_rng(seed).integers(0, 3, x.shape)
    low, high = (
        getattr(reference, name)(each, pool.kernel, **pool.options) for each in (x, raised)
    )
    assert (low <= high).all()


@both("property")
def test_stride_is_the_kernel_by_default(name):
    x, pool = np.arange(36.0).reshape(1, 6, 6), getattr(reference, name)
    np.testing.assert_array_equal(pool(x, (2, 3)), pool(x, (2, 3), stride=(2, 3)))


@both("property")
def test_the_first_of_equal_values_gives_the_index(name):
    pool = getattr(reference, name)
    assert pool(np.ones((1, 2, 2)), 2, return_indices=True)[1] == 0
    assert pool([[[-0.0, 0.0]]], (1, 2), return_indices=True)[1] == 0
    assert pool([[[0.0, -0.0]]], (1, 2), return_indices=True)[1] == 0


@both("property")
@pytest.mark.parametrize(
    ("window", "index"),
    [
        ([[np.nan, 1], [2, 3]], 0),
        ([[5, 1], [np.nan, 3]], 2),
        ([[np.nan, np.inf], [np.nan, -np.inf]], 2),
    ],
)
def test_nan_wins_and_the_last_nan_gives_the_index(name, window, index):
    out, indices = getattr(reference, name)([window], 2, return_indices=True)
    assert math.isnan(out.item())
    assert indices.item() == index
    assert math.isnan(getattr(reference, name)([window], 2).item())


@both("property")
def test_padding_never_wins(name):
    x = np.full((1, 2, 2), {"max_pool2d": -7.0, "min_pool2d": 7.0}[name])
    out, indices = getattr(reference, name)(x, 2, padding=1, return_indices=True)
    np.testing.assert_array_equal(out, x)
    np.testing.assert_array_equal(indices, [[[0, 1], [2, 3]]])


@both("property")
def test_infinity_of_the_padding_everywhere_gives_the_first_place(name):
    x = np.full((1, 3, 3), {"max_pool2d": -np.inf, "min_pool2d": np.inf}[name])
    out, indices = getattr(reference, name)(x, 2, stride=1, return_indices=True)
    np.testing.assert_array_equal(out, x[:, 1:, 1:])
    np.testing.assert_array_equal(indices, [[[0, 1], [3, 4]]])


@both("property")
def test_a_window_of_padding_alone_is_the_infinity_of_the_padding(name):
    # Taps at rows -1 and 2 of an image of rows 0 and 1; PyTorch gives this index, too.
    options = {"stride": 1, "padding": 1, "dilation": 3}
    out, indices = getattr(reference, name)(np.ones((1, 2, 2)), 2, **options, return_indices=True)
    assert out == {"max_pool2d": -np.inf, "min_pool2d": np.inf}[name]
    assert indices == 6


@both("property")
@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "floor", "ceil"),
    [
        (5, 2, 2, 0, 2, 3),
        (4, 2, 2, 0, 2, 2),
        (3, 2, 3, 1, 2, 2),  # the window after the last would start in the padding
        (2, 3, 2, 0, None, 1),  # only the window that hangs over
        (1, 5, 10, 0, None, 1),
    ],
)
def test_ceil_mode_keeps_a_last_window_that_starts_inside(
    name, size, kernel, stride, padding, floor, ceil
):
    x, pool = np.ones((1, size, size)), getattr(reference, name)
    options = {"stride": stride, "padding": padding}
    np.testing.assert_array_equal(
        pool(x, kernel, **options, ceil_mode=True), np.ones((1, ceil, ceil))
    )
    if floor is not None:
        np.testing.assert_array_equal(pool(x, kernel, **options), np.ones((1, floor, floor)))


@both("property")
def test_an_empty_batch_gives_an_empty_result(name):
    out, indices = getattr(reference, name)(np.ones((0, 3, 5, 4)), 2, return_indices=True)
    assert out.shape == indices.shape == (0, 3, 2, 2)


# Bad input


@both("bad_input")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": np.ones((1, 0, 5, 5))}, ValueError, r"x: got shape \(1, 0, 5, 5\), expected"),
        ({"x": []}, ValueError, r"x: got shape \(0,\), expected \(N, C, H, W\)"),
        ({"x": [[["a"]]]}, TypeError, r"x: got dtype <U1, expected float32, float64"),
        ({"kernel_size": 0}, ValueError, "kernel_size: got 0, expected an integer of at least 1"),
        ({"kernel_size": 2.0}, TypeError, r"kernel_size: got 2\.0, expected an integer"),
        ({"kernel_size": (1, 2, 3)}, ValueError, r"kernel_size: got \(1, 2, 3\), expected one"),
        ({"kernel_size": 6}, ValueError, r"kernel_size: got a kernel that covers \(6, 6\), .*5, 5"),
        (
            {"kernel_size": 9, "stride": 2, "ceil_mode": True},
            ValueError,
            r"kernel_size: got a kernel that covers \(9, 9\), .* \(5, 5\) with stride \(2, 2\)",
        ),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"stride": (1, -1)}, ValueError, "stride: got -1, expected an integer of at least 1"),
        ({"padding": 2}, ValueError, r"padding: got \(2, 2\), expected at most \(1, 1\), half of"),
        ({"padding": -1}, ValueError, "padding: got -1, expected an integer of at least 0"),
        ({"padding": "same"}, TypeError, "padding: got 'same', expected an integer"),
        ({"dilation": 0}, ValueError, "dilation: got 0, expected an integer of at least 1"),
        ({"backend": "tpu"}, ValueError, "backend: got 'tpu', expected 'cpu'"),
    ],
)
def test_bad_input_is_named(name, arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        getattr(reference, name)(**{"x": np.ones((1, 5, 5)), "kernel_size": 3} | arguments)
