"""The fast ways of a convolution, each on its own: tiles, planes, and the gradients by both.

conv2d takes the plain loops for small work, so its own tests see little of these. Integers add up
exactly in any order: each way must agree with the definition to the bit.
"""

import math

import numpy as np
import pytest
from guards import assert_guards_are_whole, guarded
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import conv2d, conv2d_backward, get_num_threads, set_num_threads
from reference.cpu.columns import Steps
from reference.cpu.convolution import SMALL
from reference.cpu.correlation import correlate
from reference.cpu.image_layout import lay_together
from reference.cpu.input_gradients import fill_grad_x
from reference.cpu.jit import jit
from reference.cpu.planes import correlate_planes, weigh_planes
from reference.cpu.spread_gradients import are_spread, spread_grad_x
from reference.cpu.tile import ONE_VECTOR, add_tile, choose_rows, choose_vectors, fill_tile
from reference.cpu.vectors import lanes, vector_bytes
from reference.cpu.weight_gradients import fill_grad_weight

steadily = settings(deadline=None, derandomize=True, max_examples=120)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
# Of the arrays, and of the sums.
dtypes = st.sampled_from(
    [(np.float32, np.float32), (np.float32, np.float64), (np.float64, np.float64)]
)


def windows_of(x, steps, count):
    """The pixels (N, C, H', W', kH, kW) that each tap of each window meets, by their places."""
    places = []
    for axis in (0, 1):
        i, tap = np.arange(count[axis])[:, None], np.arange(steps.kernel_size[axis])
        places.append(i * steps.stride[axis] + tap * steps.dilation[axis] - steps.start[axis])
    rows, columns = places[0][:, None, :, None], places[1][None, :, None, :]
    inside = (rows >= 0) & (rows < x.shape[2]) & (columns >= 0) & (columns < x.shape[3])
    return np.where(inside, x[:, :, rows % x.shape[2], columns % x.shape[3]], 0)


def correlation_by_definition(x, weight, bias, steps, groups, count):
    seen = windows_of(x, steps, count)
    parts = zip(np.split(seen, groups, 1), np.split(weight, groups), strict=True)
    out = [np.einsum("ncijuv,ocuv->noij", pixels, kernels) for pixels, kernels in parts]
    return np.concatenate(out, 1) + bias[:, None, None]


def gradients_by_definition(grad, x, weight, steps, groups):
    seen = windows_of(x, steps, grad.shape[2:])
    parts = zip(np.split(grad, groups, 1), np.split(seen, groups, 1), strict=True)
    grad_weight = np.concatenate([np.einsum("noij,ncijuv->ocuv", g, s) for g, s in parts])
    index = np.arange(1, x.shape[2] * x.shape[3] + 1).reshape(1, 1, *x.shape[2:])
    met = windows_of(index, steps, grad.shape[2:])[0, 0]  # 0 is the padding
    parts = zip(np.split(grad, groups, 1), np.split(weight, groups), strict=True)
    given = [np.einsum("noij,ocuv->ncijuv", g, w) for g, w in parts]
    grad_x = np.zeros((*x.shape[:2], index.size + 1), x.dtype)
    np.add.at(grad_x, (slice(None), slice(None), met), np.concatenate(given, 1))
    return grad_x[..., 1:].reshape(x.shape), grad_weight


def some(rng, *shape):
    return rng.integers(-9, 10, shape)


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


@st.composite
def correlations(draw, one_channel=False):
    """Draw integer operands between NaN, and options; windows may start inside the image."""
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(pairs)
    start = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
    count = draw(st.tuples(st.integers(1, 6), st.integers(1, 40)))
    groups = draw(st.integers(2, 4) if one_channel else st.integers(1, 3))
    channels = 1 if one_channel else draw(st.integers(1, 20))
    kernels = draw(st.integers(1, 3 if one_channel else 10))
    size = [
        max(1, (count[k] - 1) * stride[k] + (kernel[k] - 1) * dilation[k] + 1 - start[k])
        + draw(st.integers(-1, 1))
        for k in (0, 1)
    ]
    rng, dtype = np.random.default_rng(draw(st.integers(0, 2**32 - 1))), draw(dtypes)
    x = some(rng, draw(st.integers(0, 3)), groups * channels, max(1, size[0]), max(1, size[1]))
    weight, bias = some(rng, groups * kernels, channels, *kernel), some(rng, groups * kernels)
    grad = some(rng, len(x), len(weight), *count)
    return (x, weight, bias, grad), Steps(kernel, stride, start, dilation), groups, dtype


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


@pytest.mark.definition("conv2d")
@steadily
@given(correlations(one_channel=True))
def test_planes_agree_with_the_definition(drawn):
    (x, weight, bias, grad), steps, groups, (dtype, wide) = drawn
    out, room = guarded(np.zeros(grad.shape), dtype)
    given = guarded(x, dtype)[0], guarded(weight, wide)[0], guarded(bias, dtype)[0]
    correlate_planes(out, *given, steps)
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


@pytest.mark.definition("conv2d_backward")
@steadily
@given(correlations())
def test_spread_products_agree_with_the_definition(drawn):
    (x, weight, _, grad), steps, groups, (dtype, wide) = drawn
    grad_x, room = guarded(np.full(x.shape, 7), dtype)
    spread_grad_x(grad_x, guarded(grad, dtype)[0], guarded(weight, wide)[0], steps, groups)
    expected = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_x, expected[0])
    assert_guards_are_whole(room)


@pytest.mark.definition("conv2d_backward")
def test_products_are_spread_in_parts():
    """More kernels than a sum has terms, and more windows than a block has room for."""
    rng, steps = np.random.default_rng(2), Steps((11, 11), (2, 3), (5, 5), (1, 1))
    x, weight = some(rng, 1, 2, 200, 300), some(rng, 200, 2, 11, 11)
    grad, grad_x = some(rng, 1, 200, 100, 100), np.empty(x.shape)
    spread_grad_x(grad_x, grad.astype(float), weight.astype(float), steps, 1)
    expected = gradients_by_definition(grad, x, weight, steps, 1)
    np.testing.assert_array_equal(grad_x, expected[0])


@pytest.mark.definition("conv2d_backward")
@pytest.mark.parametrize("stride", [(3, 3), (2, 5)])
@pytest.mark.parametrize("groups", [1, 2])
def test_products_of_windows_far_apart_are_spread(stride, groups):
    """Of 24 channels, or 12, some are done together; what no window sees has no gradient."""
    rng, steps = np.random.default_rng(3), Steps((5, 4), stride, (2, 1), (1, 2))
    x, weight = some(rng, 2, 24, 43, 57), some(rng, 8, 24 // groups, 5, 4)
    grad, grad_x = some(rng, 2, 8, 13, 10), np.full(x.shape, 7.0)
    assert are_spread(x.shape, grad.shape, weight.shape, 8, steps, groups)
    fill_grad_x(grad_x, grad.astype(float), weight.astype(float), steps, groups)
    expected = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_x, expected[0])


@pytest.mark.definition("conv2d_backward")
@steadily
@given(correlations(), st.sampled_from([2, 3, 9]))
def test_spread_products_of_images_laid_together_agree_with_the_definition(drawn, images):
    (x, weight, _, grad), steps, groups, (dtype, wide) = drawn
    rng = np.random.default_rng(images)
    x, grad = (some(rng, images, *part.shape[1:]) for part in (x, grad))
    (above, left), (over, along) = steps.start, steps.dilation
    start, dilation = (above, left * images), (over, along * images)
    laid = steps._replace(start=start, dilation=dilation, images=images)
    grad_x, room = guarded(np.full((1, *x.shape[1:3], x.shape[3] * images), 7), dtype)
    given = lay_together(guarded(grad, dtype)[0]), guarded(weight, wide)[0]
    spread_grad_x(grad_x, *given, laid, groups)
    expected, _ = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_x, lay_together(expected.astype(dtype)))
    assert_guards_are_whole(room)


@pytest.mark.parametrize(
    ("image", "out", "weight", "stride", "expected"),
    [
        # Of 49 pixels 9 have a window: most of what a correlation multiplies is zero.
        ((8, 4, 7, 7), (8, 64, 3, 3), (64, 4, 5, 5), 1, True),
        # Four correlations, for each sort of pixels one, and little to do.
        ((1, 16, 8, 8), (1, 192, 4, 4), (192, 16, 3, 3), 2, True),
        # Many channels share what is laid out.
        ((8, 64, 56, 56), (8, 64, 56, 56), (64, 64, 3, 3), 1, False),
        ((8, 64, 56, 56), (8, 128, 28, 28), (128, 64, 3, 3), 2, False),
        ((8, 64, 56, 56), (8, 64, 56, 56), (64, 64, 1, 1), 1, False),
    ],
)
def test_products_are_spread_where_that_is_less(image, out, weight, stride, expected):
    steps = Steps(weight[2:], (stride, stride), (weight[2] // 2,) * 2, (1, 1))
    assert are_spread(image, out, weight, 8, steps, 1) == expected


@pytest.mark.parametrize(("images", "expected"), [(16, True), (64, False)])
def test_images_laid_together_are_spread_while_their_windows_stay_near(images, expected):
    """Windows of 64 images leave the second cache from one channel to the next."""
    steps = Steps((3, 3), (2, 2), (1, images), (1, images), images)
    image, out = (1, 128, 8, 8 * images), (1, 256, 4, 4 * images)
    assert are_spread(image, out, (256, 128, 3, 3), 8, steps, 1) == expected


@pytest.mark.definition("conv2d_backward")
@steadily
@given(correlations(one_channel=True))
def test_gradients_of_planes_agree_with_the_definition(drawn):
    (x, weight, _, grad), steps, groups, (dtype, wide) = drawn
    # Of images with one kernel for each channel, too, whatever else was drawn.
    own = weight[:groups], grad[:, :groups]
    grad_weight, room = guarded(np.full(weight.shape, 7), wide)
    grad_x, room_x = guarded(np.full(x.shape, 7), dtype)
    grads, images = guarded(grad, dtype)[0], guarded(x, dtype)[0]
    weigh_planes(grad_weight, grads, images, steps)
    fill_grad_x(grad_x, guarded(own[1], dtype)[0], guarded(own[0], wide)[0], steps, groups)
    expected = gradients_by_definition(grad, x, weight, steps, groups)
    np.testing.assert_array_equal(grad_weight, expected[1])
    expected = gradients_by_definition(own[1], x, own[0], steps, groups)
    np.testing.assert_array_equal(grad_x, expected[0])
    assert_guards_are_whole(room, room_x)


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
@pytest.mark.parametrize("groups", [1, 4])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_pixel_that_is_no_number_spoils_only_the_windows_that_meet_it(groups, value):
    x, weight = np.ones((2, 4, 20, 20), np.float32), np.ones((8, 4 // groups, 3, 3), np.float32)
    assert 2 * 8 * 18 * 18 * weight[0].size > SMALL
    x[1, 0, 7, 9] = value
    out = conv2d(x, weight, groups=groups)
    spoilt = np.zeros(out.shape, bool)
    spoilt[1, : 8 // groups, 5:8, 7:10] = True
    np.testing.assert_array_equal(out[spoilt], np.full(spoilt.sum(), value, np.float32))
    np.testing.assert_array_equal(out[~spoilt], weight[0].size)


@pytest.mark.property("conv2d_backward")
@pytest.mark.parametrize("groups", [1, 4])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_gradient_that_is_no_number_spoils_only_what_its_window_meets(groups, value):
    x, weight = np.ones((2, 4, 20, 20)), np.ones((4, 4 // groups, 3, 3))
    grad = np.ones((2, 4, 18, 18))
    grad[1, 0, 17, 17] = value
    grad_x, grad_weight, grad_bias = conv2d_backward(grad, x, weight, groups=groups)
    spoilt = np.zeros(x.shape, bool)
    spoilt[1, : 4 // groups, 17:, 17:] = True
    np.testing.assert_array_equal(~np.isfinite(grad_x), spoilt)
    np.testing.assert_array_equal(
        np.isfinite(grad_weight).all((1, 2, 3)), [False, True, True, True]
    )
    np.testing.assert_array_equal(grad_bias, [value, 648, 648, 648])


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
