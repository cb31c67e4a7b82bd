"""conv2d_backward: the lectures' inputs, the definition, properties, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import conv2d, conv2d_backward, get_num_threads, set_num_threads

steadily = settings(deadline=None, derandomize=True, max_examples=60)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


@pytest.mark.lecture("conv2d_backward")
def test_gradient_on_elte_conv_5x5_is_worked_by_hand():
    """grad_output is 1 at the first and the last window and 0 elsewhere."""
    image = [
        [10, 2, 4, 1, 1],
        [0, 4, 0, 2, 2],
        [1, 8, 16, 0, 0],
        [8, 1, 1, 0, 0],
        [0, 0, 2, 6, 1],
    ]
    kernel = [[2, 2, 2], [1, 0, 1], [2, 2, 2]]
    grad_output = [[[1, 0, 0], [0, 0, 0], [0, 0, 1]]]
    grad_x, grad_weight, grad_bias = conv2d_backward(grad_output, [image], [[kernel]])
    both_kernels = [
        [2, 2, 2, 0, 0],
        [1, 0, 1, 0, 0],
        [2, 2, 4, 2, 2],
        [0, 0, 1, 0, 1],
        [0, 0, 2, 2, 2],
    ]
    np.testing.assert_array_equal(grad_x, [both_kernels])
    both_windows = [[10 + 16, 2 + 0, 4 + 0], [0 + 1, 4 + 0, 0 + 0], [1 + 2, 8 + 6, 16 + 1]]
    np.testing.assert_array_equal(grad_weight, [[both_windows]])
    np.testing.assert_array_equal(grad_bias, [2])


@pytest.mark.lecture("conv2d_backward")
def test_gradient_on_elte_equivariance_is_worked_by_hand():
    """Each pixel counts the two weights 2 as often as they meet it."""
    x, kernel = [[[20, 0, 0], [20, 0, 0], [20, 20, 0]]], [[[[2, 0], [0, 2]]]]
    grad_x, grad_weight, grad_bias = conv2d_backward(np.ones((1, 2, 2)), x, kernel)
    np.testing.assert_array_equal(grad_x, [[[2, 2, 0], [2, 4, 2], [0, 2, 2]]])
    np.testing.assert_array_equal(grad_weight, [[[[40, 0], [60, 20]]]])
    np.testing.assert_array_equal(grad_bias, [4])


@st.composite
def gradients(draw):
    """Draw integer operands and every option, depthwise kernels and an empty batch among them."""
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(pairs)
    sides = tuple(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))) for _ in range(2))
    shape = [
        max(1, dilation[axis] * (kernel[axis] - 1) + 1 - sum(sides[axis])) + draw(st.integers(0, 4))
        for axis in range(2)
    ]
    groups, channels, kernels = (draw(st.integers(1, 3)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.integers(-9, 10, (draw(st.integers(0, 3)), groups * channels, *shape))
    weight = rng.integers(-9, 10, (groups * kernels, channels, *kernel))
    options = {"stride": stride, "padding": sides, "dilation": dilation, "groups": groups}
    grad_output = rng.integers(-9, 10, conv2d(x, weight, **options).shape)
    return (grad_output, x, weight), options


def by_definition(grad_output, x, weight, stride, padding, dilation, groups):
    """The three sums of the docstring, term by term, in integers."""
    grad_x, grad_weight = np.zeros(x.shape, int), np.zeros(weight.shape, int)
    grad_bias = np.zeros(len(weight), int)
    for (n, o, i, j), grad in np.ndenumerate(grad_output):
        grad_bias[o] += grad
        first = o // (len(weight) // groups) * weight.shape[1]
        for c, u, v in np.ndindex(weight.shape[1:]):
            row = i * stride[0] + u * dilation[0] - padding[0][0]
            column = j * stride[1] + v * dilation[1] - padding[1][0]
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                grad_x[n, first + c, row, column] += weight[o, c, u, v] * grad
                grad_weight[o, c, u, v] += x[n, first + c, row, column] * grad
    return grad_x, grad_weight, grad_bias


@pytest.mark.definition("conv2d_backward")
@steadily
@given(gradients())
def test_integers_agree_exactly_with_the_definition(drawn):
    arrays, options = drawn
    expected = by_definition(*arrays, **options)
    for one, other in zip(conv2d_backward(*arrays, **options), expected, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.definition("conv2d_backward")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("signed", [True, False])
def test_long_sums_lose_no_digits(dtype, signed):
    """Against the same sums in np.longdouble: many images for the kernels, kernels for images."""
    rng = np.random.default_rng(0)
    shapes = (30, 64, 6, 6), (30, 3, 8, 8), (64, 3, 3, 3)
    arrays = [(rng.random(shape) - signed / 2).astype(dtype) for shape in shapes]
    grad, x, weight = (array.astype(np.longdouble) for array in arrays)
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (2, 3))
    around = np.pad(grad, ((0, 0), (0, 0), (2, 2), (2, 2)))
    around = np.lib.stride_tricks.sliding_window_view(around, (3, 3), (2, 3))
    exact = (
        np.einsum("noijuv,ocuv->ncij", around[:2], weight[:, :, ::-1, ::-1]),
        np.einsum("noij,ncijuv->ocuv", grad, windows),
        grad.sum((0, 2, 3)),
    )
    grad_x, *others = conv2d_backward(*arrays)
    for actual, expected in zip((grad_x[:2], *others), exact, strict=True):
        tolerance = 1e-14 if dtype == np.float64 else np.finfo(dtype).eps
        assert np.abs(actual - expected).max() <= tolerance * np.abs(expected).max()


@pytest.mark.property("conv2d_backward")
@pytest.mark.parametrize("groups", [1, 2, 8])
@pytest.mark.usefixtures("eager_threads")
def test_the_number_of_threads_changes_no_bit(groups):
    rng, before = np.random.default_rng(1), get_num_threads()
    x, weight = rng.standard_normal((6, 8, 40, 40)), rng.standard_normal((8, 8 // groups, 5, 5))
    grad_output = rng.standard_normal((6, 8, 36, 36))
    try:
        set_num_threads(1)
        alone = conv2d_backward(grad_output, x, weight, groups=groups)
        for threads in (2, 3, 5):
            set_num_threads(threads)
            several = conv2d_backward(grad_output, x, weight, groups=groups)
            for one, other in zip(several, alone, strict=True):
                np.testing.assert_array_equal(one, other)
    finally:
        set_num_threads(before)


@pytest.mark.property("conv2d_backward")
def test_blocks_of_rows_leave_no_seams():
    """So many taps and kernels that blocks are few rows, in integers that add up exactly."""
    rng = np.random.default_rng(2)
    x, weight = rng.integers(-9, 10, (1, 500, 9, 24)), rng.integers(-9, 10, (900, 500, 3, 3))
    grad_output = rng.integers(-9, 10, (1, 900, 7, 22))
    grad_x, grad_weight, grad_bias = conv2d_backward(grad_output, x, weight)
    rows = [
        conv2d_backward(grad_output[:, :, i : i + 1], x[:, :, i : i + 3], weight) for i in (0, 6)
    ]
    np.testing.assert_array_equal(grad_x[:, :, 0], rows[0][0][:, :, 0])
    np.testing.assert_array_equal(grad_x[:, :, 8], rows[1][0][:, :, 2])
    np.testing.assert_array_equal(grad_bias, grad_output.sum((0, 2, 3)))
    windows = np.lib.stride_tricks.sliding_window_view(x[0].astype(float), (3, 3), (1, 2))
    some = grad_output[0, :3].astype(float)
    expected = np.einsum("oij,cijuv->ocuv", some, windows)
    np.testing.assert_array_equal(grad_weight[:3], expected)


@pytest.mark.property("conv2d_backward")
def test_one_image_is_a_batch_of_one_and_a_batch_is_summed():
    rng = np.random.default_rng(3)
    x, weight = rng.integers(-9, 10, (3, 2, 5, 6)), rng.integers(-9, 10, (4, 2, 3, 2))
    grad_output = rng.integers(-9, 10, (3, 4, 3, 5))
    grads = conv2d_backward(grad_output, x, weight)
    parts = [conv2d_backward(grad_output[n], x[n], weight) for n in range(3)]
    np.testing.assert_array_equal(grads[0], [part[0] for part in parts])
    for position in (1, 2):
        total = sum(part[position] for part in parts)
        np.testing.assert_array_equal(grads[position], total)


@pytest.mark.property("conv2d_backward")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_gradients_of_an_empty_batch_are_zeros(dtype):
    x, weight = np.ones((0, 3, 5, 5), dtype), np.ones((2, 3, 3, 3), dtype)
    grads = conv2d_backward(np.ones((0, 2, 3, 3), dtype), x, weight)
    expected = (x, np.zeros_like(weight), np.zeros(2, dtype))
    for one, other in zip(grads, expected, strict=True):
        np.testing.assert_array_equal(one, other, strict=True)


@pytest.mark.property("conv2d_backward")
@pytest.mark.parametrize("sides", [((0, 0), (0, 0)), ((1, 1), (1, 1)), ((0, 2), (1, 0))])
@pytest.mark.parametrize(("kernels", "channels"), [(1, 1), (2, 40), (40, 5)])
def test_an_infinite_weight_reaches_only_the_pixels_that_it_meets(sides, kernels, channels):
    """Whether it is done plainly or in tiles, of fewer weights than pixels or of more."""
    (top, _), (left, _) = sides
    x, weight = np.ones((channels, 5, 6)), np.ones((kernels, channels, 3, 3))
    weight[0, 0, 0, 2] = np.inf
    grad_output = np.ones(conv2d(x, weight, padding=sides).shape)
    grad_x, *_ = conv2d_backward(grad_output, x, weight, padding=sides)
    met = {(i - top, j + 2 - left) for i, j in np.ndindex(grad_output.shape[1:])}
    assert np.isfinite(grad_x[1:]).all()
    infinite = {(int(row), int(column)) for row, column in np.argwhere(np.isinf(grad_x[0]))}
    assert infinite == {(row, column) for row, column in met if 0 <= row < 5 and 0 <= column < 6}
    assert not np.isnan(grad_x).any()


GRAD, IMAGE, WEIGHT = np.ones((1, 4, 3, 3)), np.ones((1, 2, 5, 5)), np.ones((4, 2, 3, 3))


@pytest.mark.bad_input("conv2d_backward")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"grad_output": np.ones((1, 4, 3, 4))},
            ValueError,
            r"grad_output: got shape \(1, 4, 3, 4\), expected \(1, 4, 3, 3\), the shape of conv2d",
        ),
        ({"grad_output": GRAD[0]}, ValueError, r"grad_output: got shape \(4, 3, 3\), expected"),
        ({"grad_output": 1.0}, ValueError, r"grad_output: got shape \(\), expected \(1, 4, 3, 3\)"),
        ({"grad_output": "abc"}, TypeError, "grad_output: got dtype <U3, expected float32"),
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": np.ones((1, 3, 5, 5))}, ValueError, r"weight: got shape \(4, 2, 3, 3\), expected"),
        ({"weight": np.ones((2, 3, 3))}, ValueError, r"weight: got shape \(2, 3, 3\), expected"),
        ({"dilation": 3}, ValueError, r"weight: got a kernel that covers \(7, 7\)"),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"stride": 1.5}, TypeError, r"stride: got 1\.5, expected an integer"),
        ({"padding": "full"}, ValueError, "padding: got 'full', expected 'valid' or 'same'"),
        ({"padding": "same", "stride": 2}, ValueError, r"padding: got 'same' with stride \(2, 2\)"),
        ({"groups": 3}, ValueError, "groups: got 3, expected a divisor of 2 channels .* 4 kernels"),
        ({"backend": "tpu"}, ValueError, "backend: got 'tpu', expected 'cpu'"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    operands = {"grad_output": GRAD, "x": IMAGE, "weight": WEIGHT}
    with pytest.raises(error, match=f"^{message}"):
        conv2d_backward(**operands | arguments)
