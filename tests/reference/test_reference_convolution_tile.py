"""The tiles of a convolution on their own, and large work of all ways.

conv2d takes the plain loops for small work, so its own tests see little of these. Integers add up
exactly in any order: each way must agree with the definition to the bit.
"""

import math

import numpy as np
import pytest
from convolution_by_definition import (
    correlation_by_definition,
    correlations,
    gradients_by_definition,
    some,
    steadily,
)
from guards import assert_guards_are_whole, guarded
from hypothesis import given
from hypothesis import strategies as st

from reference import conv2d, conv2d_backward, get_num_threads, set_num_threads
from reference.cpu.columns import Steps
from reference.cpu.convolution import SMALL
from reference.cpu.correlation import correlate
from reference.cpu.input_gradients import fill_grad_x
from reference.cpu.jit import jit
from reference.cpu.tile import ONE_VECTOR, add_tile, choose_rows, choose_vectors, fill_tile
from reference.cpu.vectors import lanes, vector_bytes
from reference.cpu.weight_gradients import fill_grad_weight


@jit
def _fill(rows, vectors, out, out_rows, a, a_rows, b, b_rows, bias, is_first, columns):
    fill_tile(
        *(rows, vectors, out, 64, out_rows, a, 64, a_rows, 1, 3, b, 64, b_rows),
        *(b_rows.size, bias, is_first, columns),
    )


@jit
def _add(rows, vectors, out, out_rows, a, a_rows, b, b_rows):
    add_tile(rows, vectors, out, 64, out_rows, a, 64, a_rows, 1, 3, b, 64, b_rows, b_rows.size)


@jit
def _lanes(x):
    return lanes(x)


def operands(rows, width, taps, dtype):
    """Flat arrays between NaN, and tables whose first entry is not used."""
    rng = np.random.default_rng(rows * 100 + width)
    a, b = guarded(some(rng, rows * 50 + 3 * taps), dtype), guarded(some(rng, taps + width), dtype)
    a_rows = np.arange(-1, rows) * 50
    b_rows = rng.permutation(taps)
    sums = np.zeros((rows, width))
    for r, k in np.ndindex(rows, taps):
        sums[r] += a[0][a_rows[r + 1] + 3 * k] * b[0][b_rows[k] : b_rows[k] + width]
    return a[1], a_rows, b[1], b_rows, sums


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rows", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_tile_is_the_sums_of_products_and_touches_nothing_else(rows, dtype, is_first):
    vectors = choose_vectors((0,) * rows)
    wide = len(vectors) * _lanes(np.ones(1, dtype))
    a, a_rows, b, b_rows, sums = operands(rows, wide, 7, dtype)
    before = np.arange(rows * wide)
    out, room = guarded(before, dtype)
    out_rows, bias = a_rows // 50 * wide, np.arange(rows + 1, dtype=dtype)
    tables = (out_rows, a, a_rows, b, b_rows, bias, is_first)
    _fill((0,) * rows, vectors, room, *tables, wide)
    start = bias[1:, None] if is_first else before.reshape(rows, wide)
    np.testing.assert_array_equal(out.reshape(rows, wide), sums + start)
    assert_guards_are_whole(room)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_last_tile_writes_only_its_columns(dtype, is_first):
    for columns in range(1, _lanes(np.ones(1, dtype)) + 1):
        a, a_rows, b, b_rows, sums = operands(3, columns, 7, dtype)
        out, room = guarded(np.zeros((3, columns)), dtype)
        bias = np.zeros(4, dtype)
        tables = (a_rows // 50 * columns, a, a_rows, b, b_rows, bias, is_first)
        _fill((0,) * 3, ONE_VECTOR, room, *tables, columns)
        np.testing.assert_array_equal(out, sums)
        assert_guards_are_whole(room)


@pytest.mark.parametrize("vectors", [(0,), (0, 0)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_tile_is_added_up_in_float64(dtype, vectors):
    wide = len(vectors) * _lanes(np.ones(1, dtype))
    a, a_rows, b, b_rows, sums = operands(6, wide, 7, dtype)
    out, room = guarded(np.full((6, wide), 2.0**-40), np.float64)
    _add((0,) * 6, vectors, room, a_rows // 50 * wide, a, a_rows, b, b_rows)
    np.testing.assert_array_equal(out, sums + 2.0**-40)
    assert_guards_are_whole(room)


def test_rows_that_are_the_same_are_written_once():
    wide = 2 * _lanes(np.ones(1))
    a, a_rows, b, b_rows, sums = operands(4, wide, 7, np.float64)
    a_rows[2:], out = a_rows[1], np.zeros(64 + wide)
    _add((0,) * 4, (0, 0), out, np.zeros(5, int), a, a_rows, b, b_rows)
    np.testing.assert_array_equal(out[64:], sums[0])


def test_tiles_have_as_many_rows_as_wastes_least():
    most = 8 if vector_bytes() == 64 else 6
    assert len(choose_rows(1000)) >= most - 1
    assert [len(choose_rows(count)) for count in range(1, most + 1)] == list(range(1, most + 1))
    assert len(choose_rows(10)) == 5
    assert [len(choose_vectors((0,) * rows)) for rows in (1, 2, 3, 4, 8)] == [4, 4, 3, 2, 2]


@pytest.mark.definition("conv2d")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_number_of_windows_and_of_kernels(dtype):
    """Every rest that windows leave in vectors, and kernels in tiles."""
    rng, steps = np.random.default_rng(0), Steps((2, 2), (1, 1), (1, 0), (1, 1))
    for number in range(1, 41):
        x, kernels = some(rng, 2, 3, 2, number + 1), 1 + number % 19
        weight, bias = some(rng, kernels, 3, 2, 2), some(rng, kernels)
        expected = correlation_by_definition(x, weight, bias, steps, 1, (2, number))
        out, room = guarded(np.zeros(expected.shape), dtype)
        correlate(out, *(guarded(array, dtype)[0] for array in (x, weight, bias)), steps, 1)
        np.testing.assert_array_equal(out, expected)
        assert_guards_are_whole(room)


@pytest.mark.definition("conv2d", "conv2d_backward")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("stride", [3, 4, 11, 16])
def test_windows_that_are_far_apart(stride, dtype):
    """Every rest that windows and taps leave in vectors, in images cut off on both sides."""
    rng = np.random.default_rng(stride)
    for taps, number in [(1, 7), (2, 17), (3, 33), (4, 8), (5, 20), (11, 15), (16, 14), (18, 2)]:
        steps = Steps((2, taps), (3, stride), (1, 2), (1, 1))
        x, weight = some(rng, 2, 3, 5, max(1, number * stride - 2)), some(rng, 5, 3, 2, taps)
        expected = correlation_by_definition(x, weight, np.zeros(5, int), steps, 1, (2, number))
        out, room = guarded(np.zeros(expected.shape), dtype)
        given = [guarded(array, dtype)[0] for array in (x, weight)]
        correlate(out, *given, None, steps, 1)
        np.testing.assert_array_equal(out, expected)
        grad, (grad_weight, around) = np.sign(expected), guarded(weight, dtype)
        fill_grad_weight(grad_weight, guarded(grad, dtype)[0], given[0], steps, 1)
        expected = gradients_by_definition(grad, x, weight, steps, 1)
        np.testing.assert_array_equal(grad_weight, expected[1])
        assert_guards_are_whole(room, around)


@pytest.mark.definition("conv2d")
@steadily
@given(correlations())
def test_tiles_agree_with_the_definition(drawn):
    (x, weight, bias, grad), steps, groups, (dtype, wide) = drawn
    out, room = guarded(np.zeros(grad.shape), dtype)
    given = guarded(x, dtype)[0], guarded(weight, wide)[0], guarded(bias, dtype)[0]
    correlate(out, *given, steps, groups)
    expected = correlation_by_definition(x, weight, bias, steps, groups, grad.shape[2:])
    np.testing.assert_array_equal(out, expected)
    assert_guards_are_whole(room)


@pytest.mark.definition("conv2d_backward")
@steadily
@given(correlations(), st.booleans())
def test_gradients_agree_with_the_definition(drawn, one_channel):
    (x, weight, _, grad), steps, groups, (dtype, wide) = drawn
    grad_x, room_x = guarded(np.full(x.shape, 7), dtype)
    grad_weight, room_weight = guarded(np.full(weight.shape, 7), wide)
    grads, images = guarded(grad, dtype)[0], guarded(x, dtype)[0]
    fill_grad_x(grad_x, grads, guarded(weight, wide)[0], steps, groups)
    fill_grad_weight(grad_weight, grads, images, steps, groups)
    expected = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_x, expected[0])
    np.testing.assert_array_equal(grad_weight, expected[1])
    assert_guards_are_whole(room_x, room_weight)


@pytest.mark.definition("conv2d", "conv2d_backward")
@pytest.mark.parametrize("groups", [1, 40])
def test_many_channels_large_images_and_long_rows_are_done_in_parts(groups):
    rng, steps = np.random.default_rng(1), Steps((3, 3), (1, 2), (1, 1), (2, 1))
    for size in [(90, 70), (4, 3000)]:
        x, weight, bias = some(rng, 1, 40, *size), some(rng, 40, 40 // groups, 3, 3), some(rng, 40)
        out = np.empty((1, 40, size[0] - 2, size[1] // 2))
        floats = [array.astype(float) for array in (x, weight, bias)]
        correlate(out, *floats, steps, groups)
        expected = correlation_by_definition(x, weight, bias, steps, groups, out.shape[2:])
        np.testing.assert_array_equal(out, expected)
        grad, grad_x, grad_weight = np.sign(out), np.empty(x.shape), np.empty(weight.shape)
        fill_grad_x(grad_x, grad, floats[1], steps, groups)
        fill_grad_weight(grad_weight, grad, floats[0], steps, groups)
        expected = gradients_by_definition(grad.astype(int), x, weight, steps, groups)
        np.testing.assert_array_equal(grad_x, expected[0])
        np.testing.assert_array_equal(grad_weight, expected[1])


@pytest.mark.property("conv2d", "conv2d_backward")
@pytest.mark.parametrize("groups", [1, 2, 64])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.usefixtures("eager_threads")
def test_threads_change_no_bit_of_large_work(groups, dtype):
    rng, before = np.random.default_rng(2), get_num_threads()
    x, weight = rng.random((5, 64, 44, 44)), rng.random((64, 64 // groups, 3, 3))
    x, weight = x.astype(dtype), weight.astype(dtype)
    results = []
    try:
        for threads in (1, 2, 3, 7):
            set_num_threads(threads)
            out = conv2d(x, weight, padding=1, groups=groups)
            grads = conv2d_backward(np.sign(out - 9), x, weight, padding=1, groups=groups)
            results.append((out, *grads))
    finally:
        set_num_threads(before)
    for several in results[1:]:
        for one, other in zip(several, results[0], strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.property("conv2d")
@pytest.mark.parametrize(("groups", "channels"), [(1, 4), (4, 4), (8, 8)])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_pixel_that_is_no_number_spoils_only_the_windows_that_meet_it(groups, channels, value):
    x = np.ones((2, channels, 20, 20), np.float32)
    weight = np.ones((8, channels // groups, 3, 3), np.float32)
    assert 2 * 8 * 18 * 18 * weight[0].size > SMALL
    x[1, 0, 7, 9] = value
    out = conv2d(x, weight, groups=groups)
    spoilt = np.zeros(out.shape, bool)
    spoilt[1, : 8 // groups, 5:8, 7:10] = True
    np.testing.assert_array_equal(out[spoilt], np.full(spoilt.sum(), value, np.float32))
    np.testing.assert_array_equal(out[~spoilt], weight[0].size)


@pytest.mark.property("conv2d_backward")
@pytest.mark.parametrize(("groups", "channels"), [(1, 4), (4, 4), (8, 8)])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_gradient_that_is_no_number_spoils_only_what_its_window_meets(groups, channels, value):
    x, weight = np.ones((2, channels, 20, 20)), np.ones((channels, channels // groups, 3, 3))
    grad = np.ones((2, channels, 18, 18))
    grad[1, 0, 17, 17] = value
    grad_x, grad_weight, grad_bias = conv2d_backward(grad, x, weight, groups=groups)
    spoilt = np.zeros(x.shape, bool)
    spoilt[1, : channels // groups, 17:, 17:] = True
    np.testing.assert_array_equal(~np.isfinite(grad_x), spoilt)
    np.testing.assert_array_equal(
        np.isfinite(grad_weight).all((1, 2, 3)), [False] + [True] * (channels - 1)
    )
    np.testing.assert_array_equal(grad_bias, [value] + [648] * (channels - 1))


@pytest.mark.property("conv2d_backward")
def test_an_infinite_weight_of_large_work_meets_no_zero_around_the_gradients():
    x, weight = np.ones((2, 4, 20, 20)), np.ones((4, 4, 3, 3))
    weight[0, 0, 0, 0] = np.inf
    grad_x, *_ = conv2d_backward(np.ones((2, 4, 18, 18)), x, weight)
    infinite = np.zeros(x.shape, bool)
    infinite[:, 0, :18, :18] = True
    np.testing.assert_array_equal(np.isinf(grad_x), infinite)
    assert not np.isnan(grad_x).any()


@pytest.mark.definition("conv2d")
def test_long_sums_of_large_work_in_float64_lose_no_digits():
    rng = np.random.default_rng(3)
    x, weight = rng.random((1, 300, 8, 8)) - 0.5, rng.random((20, 300, 3, 3)) - 0.5
    out = np.empty((1, 20, 6, 6))
    correlate(out, x, weight, np.zeros(20), Steps((3, 3), (1, 1), (0, 0), (1, 1)), 1)
    seen = np.lib.stride_tricks.sliding_window_view(x[0], (3, 3), (1, 2))
    exact = [
        [[math.fsum((seen[:, i, j] * kernel).flat) for j in range(6)] for i in range(6)]
        for kernel in weight
    ]
    assert np.abs(out[0] - exact).max() <= 1e-14 * np.abs(exact).max()
