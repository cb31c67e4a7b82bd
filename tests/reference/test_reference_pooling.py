"""max_pool2d: the lectures' numbers, the definition, properties, bad input."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import max_pool2d

steadily = settings(deadline=None, derandomize=True, max_examples=60)

PROTO = [[4, 9, 2, 5], [5, 6, 2, 4], [2, 4, 5, 4], [5, 6, 8, 4]]
ELTE = [[4, 6, 1, 1], [1, 3, 1, 3], [4, 0, 0, 8], [8, 5, 4, 0]]


def starts(size, kernel, stride, padding, dilation, ceil_mode):
    """Where windows begin: as long as they fit, or with ceil_mode as long as there is a gap."""
    extent = dilation * (kernel - 1) + 1
    end = size + padding
    found = [s for s in range(-padding, end, stride) if s + extent <= end]
    after = found[-1] + stride if found else -padding
    hangs = ceil_mode and after < size and after - stride + extent < end
    return [*found, after] if hangs else found


def by_definition(plane, kernel, stride, padding, dilation, ceil_mode):
    height, width = plane.shape
    options = zip(plane.shape, kernel, stride, padding, dilation, strict=True)
    rows, columns = (starts(*each, ceil_mode) for each in options)

    def largest(row, column):
        taps = [
            (r, c)
            for r in range(row, row + kernel[0] * dilation[0], dilation[0])
            for c in range(column, column + kernel[1] * dilation[1], dilation[1])
            if 0 <= r < height and 0 <= c < width
        ]
        value, (r, c) = max(((plane[tap], tap) for tap in taps), key=lambda pair: pair[0])
        return value, r * width + c

    found = np.array([[largest(r, c) for c in columns] for r in rows], object)
    return found[..., 0].astype(float), found[..., 1].astype(int)


@pytest.mark.parametrize(
    ("image", "expected"), [(PROTO, [[9, 5], [6, 8]]), (ELTE, [[6, 3], [8, 8]])]
)
def test_lecture_examples(image, expected):
    np.testing.assert_array_equal(max_pool2d([image], 2), [expected])


def test_ncu_region():
    assert max_pool2d([[[1, 2], [3, 4]]], 2) == 4


@st.composite
def pools(draw):
    pair = st.tuples(st.integers(1, 3), st.integers(1, 3))
    kernel, stride = draw(pair), draw(pair)
    # Dilation 1 under padding, so that every window sees the image.
    dilation = draw(pair)
    padding = tuple(
        draw(st.integers(0, k // 2)) if d == 1 else 0 for k, d in zip(kernel, dilation, strict=True)
    )
    shape = [
        max(1, d * (k - 1) + 1 - 2 * p) + draw(st.integers(0, 5))
        for k, d, p in zip(kernel, dilation, padding, strict=True)
    ]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(0, 6, (2, 2, *shape)), (kernel, stride, padding, dilation)


@steadily
@given(pools(), st.booleans())
def test_values_and_indices_agree_with_the_definition(drawn, ceil_mode):
    x, (kernel, stride, padding, dilation) = drawn
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    out, indices = max_pool2d(x, kernel, **options, return_indices=True)
    for n, c in np.ndindex(x.shape[:2]):
        values, places = by_definition(x[n, c], kernel, stride, padding, dilation, ceil_mode)
        np.testing.assert_array_equal(out[n, c], values)
        np.testing.assert_array_equal(indices[n, c], places)
    assert indices.dtype == np.int64
    np.testing.assert_array_equal(max_pool2d(x, kernel, **options), out)


@steadily
@given(pools())
def test_indices_find_the_values(drawn):
    x, (kernel, stride, padding, dilation) = drawn
    out, indices = max_pool2d(
        x, kernel, stride=stride, padding=padding, dilation=dilation, return_indices=True
    )
    flat = x.reshape(*x.shape[:2], -1)
    found = np.take_along_axis(flat, indices.reshape(*x.shape[:2], -1), axis=2)
    np.testing.assert_array_equal(found.reshape(out.shape), out)


def test_stride_is_the_kernel_by_default():
    x = np.arange(36.0).reshape(1, 6, 6)
    np.testing.assert_array_equal(max_pool2d(x, (2, 3)), max_pool2d(x, (2, 3), stride=(2, 3)))


def test_the_first_of_equal_values_gives_the_index():
    assert max_pool2d(np.ones((1, 2, 2)), 2, return_indices=True)[1] == 0
    assert max_pool2d([[[-0.0, 0.0]]], (1, 2), return_indices=True)[1] == 0


@pytest.mark.parametrize(
    ("window", "index"),
    [
        ([[np.nan, 1], [2, 3]], 0),
        ([[5, 1], [np.nan, 3]], 2),
        ([[np.nan, np.inf], [np.nan, 3]], 2),
    ],
)
def test_nan_wins_and_the_last_nan_gives_the_index(window, index):
    out, indices = max_pool2d([window], 2, return_indices=True)
    assert math.isnan(out.item())
    assert indices.item() == index


def test_padding_is_minus_infinity_and_never_wins():
    out, indices = max_pool2d(np.full((1, 2, 2), -7.0), 2, padding=1, return_indices=True)
    np.testing.assert_array_equal(out, np.full((1, 2, 2), -7.0))
    np.testing.assert_array_equal(indices, [[[0, 1], [2, 3]]])


def test_minus_infinity_everywhere_gives_the_first_place():
    out, indices = max_pool2d(np.full((1, 3, 3), -np.inf), 2, stride=1, return_indices=True)
    np.testing.assert_array_equal(out, np.full((1, 2, 2), -np.inf))
    np.testing.assert_array_equal(indices, [[[0, 1], [3, 4]]])


def test_a_window_of_padding_alone_is_minus_infinity():
    # Taps at rows -1 and 2 of an image of rows 0 and 1; PyTorch gives this index, too.
    out, indices = max_pool2d(
        np.ones((1, 2, 2)), 2, stride=1, padding=1, dilation=3, return_indices=True
    )
    assert out == -np.inf
    assert indices == 6


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
    size, kernel, stride, padding, floor, ceil
):
    x = np.ones((1, size, size))
    options = {"stride": stride, "padding": padding}
    assert max_pool2d(x, kernel, **options, ceil_mode=True).shape == (1, ceil, ceil)
    if floor is not None:
        assert max_pool2d(x, kernel, **options).shape == (1, floor, floor)


def test_an_empty_batch_gives_an_empty_result():
    out, indices = max_pool2d(np.ones((0, 3, 5, 4)), 2, return_indices=True)
    assert out.shape == indices.shape == (0, 3, 2, 2)


def test_pooling_is_blind_to_small_shifts():
    maps = [[[40, 0], [80, 0]]], [[[40, 40], [40, 80]]]  # elte-equivariance
    assert [max_pool2d(each, 2).item() for each in maps] == [80, 80]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": np.ones((1, 0, 5, 5))}, ValueError, r"x: got shape \(1, 0, 5, 5\), expected"),
        ({"kernel_size": 0}, ValueError, "kernel_size: got 0, expected an integer of at least 1"),
        ({"kernel_size": 2.0}, TypeError, r"kernel_size: got 2\.0, expected an integer"),
        ({"kernel_size": 6}, ValueError, r"kernel_size: got a kernel that covers \(6, 6\), .*5, 5"),
        (
            {"kernel_size": 9, "stride": 2, "ceil_mode": True},
            ValueError,
            r"kernel_size: got a kernel that covers \(9, 9\), .* \(5, 5\) with stride \(2, 2\)",
        ),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"padding": 2}, ValueError, r"padding: got \(2, 2\), expected at most \(1, 1\), half of"),
        ({"padding": "same"}, TypeError, "padding: got 'same', expected an integer"),
        ({"dilation": 0}, ValueError, "dilation: got 0, expected an integer of at least 1"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        max_pool2d(**{"x": np.ones((1, 5, 5)), "kernel_size": 3} | arguments)
