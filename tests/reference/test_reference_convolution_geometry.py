"""The geometry of convolutions: the lectures' numbers, the definition, properties, bad input."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import (
    conv2d,
    conv2d_backward,
    conv_coverage,
    conv_matrix,
    conv_output_size,
    conv_parameter_count,
)

steadily = settings(deadline=None, derandomize=True, max_examples=60)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def geometries(draw):
    """Draw input size, kernel size, stride, padding and dilation, such that the kernel fits."""
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(pairs)
    sides = tuple(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))) for _ in range(2))
    size = tuple(
        max(1, dilation[axis] * (kernel[axis] - 1) + 1 - sum(sides[axis])) + draw(st.integers(0, 4))
        for axis in range(2)
    )
    return size, kernel, stride, sides, dilation


@pytest.mark.lecture("conv_output_size")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((32, 5), 28),  # bme, shape-1
        ((28, 5, 1, 2), 28),  # bme, shape-2
        ((28, 4, 2), 13),  # bme, shape-3
        ((224, 3), 222),  # elte, shape-4
        ((224, 11, 4), 54),  # the trap of AlexNet
        ((227, 11, 4), 55),
        ((6, 3, 1, 0, 2), 2),
        ((7, 4, 1, "same"), 7),
        ((7, 4, 1, "valid"), 4),
        (((5, 7), 3), (3, 5)),
        ((5, (3, 2)), (3, 4)),
        ((5, 3, 1, ((0, 1), (2, 2))), (4, 7)),
        (([5, 7], [3, 3], [2, 2]), (2, 3)),
        ((np.int64(5), np.array(3)), 3),
    ],
)
def test_conv_output_size(arguments, expected):
    actual = conv_output_size(*arguments)
    assert actual == expected
    assert type(actual) is type(expected)
    assert all(type(size) is int for size in np.atleast_1d(np.array(actual, object)))


@pytest.mark.definition("conv_output_size")
@steadily
@given(*[st.integers(1, 12)] * 3, st.integers(0, 3), st.integers(1, 4))
def test_conv_output_size_counts_the_windows_that_fit(size, kernel, stride, padding, dilation):
    last_start = size + 2 * padding - dilation * (kernel - 1) - 1
    count = len(range(0, last_start + 1, stride))
    if count:
        assert conv_output_size(size, kernel, stride, padding, dilation) == count
        assert count == math.floor(last_start / stride) + 1
    else:
        with pytest.raises(ValueError, match=r"^kernel_size: got a kernel that covers"):
            conv_output_size(size, kernel, stride, padding, dilation)


@pytest.mark.bad_input("conv_output_size")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 1), ValueError, "input_size: got 0, expected an integer of at least 1"),
        ((5.0, 1), TypeError, r"input_size: got 5\.0, expected an integer"),
        ((5, 0), ValueError, "kernel_size: got 0, expected an integer of at least 1"),
        ((5, 6), ValueError, r"kernel_size: got a kernel that covers \(6, 6\), .* \(5, 5\)"),
        ((5, 3, 0), ValueError, "stride: got 0"),
        ((5, 3, 1, -1), ValueError, "padding: got -1"),
        ((5, 3, 2, "same"), ValueError, "padding: got 'same' with stride"),
        ((5, 3, 1, 0, 0), ValueError, "dilation: got 0"),
        (((5, 5, 5), 3), ValueError, r"input_size: got \(5, 5, 5\), expected one value or a pair"),
    ],
)
def test_conv_output_size_names_bad_input(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        conv_output_size(*arguments)


@pytest.mark.lecture("conv_parameter_count")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((3, 1, 5), 76),  # bme, shape-1: the weights of a plane, and of all 12
        ((3, 12, 5), 912),
        ((12, 1, 5), 301),  # shape-2
        ((12, 48, 5), 14448),
        ((12, 1, 4), 193),  # shape-3
        ((12, 48, 4), 9264),
        ((1, 1, (1, 3), False), 3),  # ncu, shape-6: a kernel of three
        ((1, 1, 3, False), 9),  # ncu, shape-6: dilated, it is still 9 weights
        ((1, 1, 20), 401),  # shape-5: a 20x20 patch has 400 weights and a bias
    ],
)
def test_conv_parameter_count(arguments, expected):
    actual = conv_parameter_count(*arguments)
    assert actual == expected
    assert type(actual) is int


@pytest.mark.definition("conv_parameter_count")
@steadily
@given(pairs, pairs, st.booleans(), st.integers(1, 3))
def test_conv_parameter_count_counts_the_entries_of_the_arrays(channels, kernel, bias, groups):
    weight = np.empty((groups * channels[1], channels[0], *kernel))
    x = np.empty((groups * channels[0], *kernel))
    assert conv2d(x, weight, groups=groups).shape == (len(weight), 1, 1)
    actual = conv_parameter_count(len(x), len(weight), kernel, bias, groups)
    assert actual == weight.size + bias * len(weight)


@pytest.mark.property("conv_parameter_count")
@steadily
@given(pairs, pairs, st.integers(1, 4))
def test_groups_divide_the_weights_and_leave_the_biases(channels, kernel, groups):
    inputs, outputs = groups * channels[0], groups * channels[1]
    whole = conv_parameter_count(inputs, outputs, kernel, bias=False)
    parts = conv_parameter_count(inputs, outputs, kernel, bias=False, groups=groups)
    assert parts * groups == whole
    assert conv_parameter_count(inputs, outputs, kernel, groups=groups) == parts + outputs


@pytest.mark.bad_input("conv_parameter_count")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 1, 3), ValueError, "in_channels: got 0, expected an integer of at least 1"),
        ((1, -1, 3), ValueError, "out_channels: got -1, expected an integer of at least 1"),
        ((1.0, 1, 3), TypeError, r"in_channels: got 1\.0, expected an integer"),
        ((1, 1, 0), ValueError, "kernel_size: got 0, expected an integer of at least 1"),
        ((1, 1, (1, 2, 3)), ValueError, r"kernel_size: got \(1, 2, 3\), expected one value or a"),
        ((1, 1, 3, 1), TypeError, "bias: got 1, expected True or False"),
        ((1, 1, 3, None), TypeError, "bias: got None, expected True or False"),
        ((1, 1, 3, True, 0), ValueError, "groups: got 0, expected an integer of at least 1"),
        ((4, 6, 3, True, 4), ValueError, "groups: got 4, expected a divisor of in_channels 4 and"),
        ((3, 4, 3, True, 2), ValueError, "groups: got 2, expected a divisor of in_channels 3 and"),
    ],
)
def test_conv_parameter_count_names_bad_input(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        conv_parameter_count(*arguments)


@pytest.mark.lecture("conv_coverage")
def test_elte_coverage():
    valid = [[1, 2, 3, 2, 1], [2, 4, 6, 4, 2], [3, 6, 9, 6, 3], [2, 4, 6, 4, 2], [1, 2, 3, 2, 1]]
    np.testing.assert_array_equal(conv_coverage(5, 3), valid)
    same = [[4, 6, 6, 6, 4], [6, 9, 9, 9, 6], [6, 9, 9, 9, 6], [6, 9, 9, 9, 6], [4, 6, 6, 6, 4]]
    np.testing.assert_array_equal(conv_coverage(5, 3, padding="same"), same)
    assert conv_coverage(5, 3).dtype == np.int64


@pytest.mark.definition("conv_coverage")
@steadily
@given(geometries())
def test_conv_coverage_walks_over_all_windows(drawn):
    size, kernel, stride, sides, dilation = drawn
    counts = np.zeros(size, int)
    for i, j in np.ndindex(conv_output_size(*drawn)):
        for u, v in np.ndindex(kernel):
            row = i * stride[0] + u * dilation[0] - sides[0][0]
            column = j * stride[1] + v * dilation[1] - sides[1][0]
            if 0 <= row < size[0] and 0 <= column < size[1]:
                counts[row, column] += 1
    np.testing.assert_array_equal(conv_coverage(*drawn), counts, strict=True)


@pytest.mark.property("conv_coverage")
@steadily
@given(geometries())
def test_conv_coverage_is_the_gradient_of_the_sum_of_a_kernel_of_ones(drawn):
    size, kernel, stride, sides, dilation = drawn
    x, weight, grad = np.ones((1, *size)), np.ones((1, 1, *kernel)), conv_output_size(*drawn)
    options = {"stride": stride, "padding": sides, "dilation": dilation}
    expected = conv2d_backward(np.ones((1, *grad)), x, weight, **options)[0]
    np.testing.assert_array_equal(conv_coverage(*drawn), expected[0])


@pytest.mark.property("conv_coverage")
def test_conv_coverage_is_zero_where_no_window_comes():
    np.testing.assert_array_equal(conv_coverage((1, 6), 1, stride=(1, 3)), [[1, 0, 0, 1, 0, 0]])
    assert conv_coverage((4, 7), (2, 7)).shape == (4, 7)


@pytest.mark.bad_input("conv_coverage")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 1), ValueError, "input_size: got 0, expected an integer of at least 1"),
        ((5.0, 1), TypeError, r"input_size: got 5\.0, expected an integer"),
        ((5, 6), ValueError, r"kernel_size: got a kernel that covers \(6, 6\), .* \(5, 5\)"),
        ((5, 3, 0), ValueError, "stride: got 0, expected an integer of at least 1"),
        ((5, 3, 1, -1), ValueError, "padding: got -1, expected an integer of at least 0"),
        ((5, 3, 2, "same"), ValueError, "padding: got 'same' with stride"),
        ((5, 3, 1, 0, 0), ValueError, "dilation: got 0, expected an integer of at least 1"),
    ],
)
def test_conv_coverage_names_bad_input(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        conv_coverage(*arguments)


@pytest.mark.lecture("conv_matrix")
def test_ncu_six_inputs_to_six_units():
    """Fully connected: 36 weights. A kernel of three as large: 16 of them, 3 distinct."""
    matrix = conv_matrix([[2, 3, 5]], (1, 6), padding=((0, 0), (1, 1)))
    expected = [
        [3, 5, 0, 0, 0, 0],
        [2, 3, 5, 0, 0, 0],
        [0, 2, 3, 5, 0, 0],
        [0, 0, 2, 3, 5, 0],
        [0, 0, 0, 2, 3, 5],
        [0, 0, 0, 0, 2, 3],
    ]
    np.testing.assert_array_equal(matrix, expected)
    assert matrix.size == 36
    assert len(set(matrix[matrix != 0])) == conv_parameter_count(1, 1, (1, 3), bias=False) == 3


@st.composite
def matrices(draw):
    """Draw kernels, the size of an image and options of conv_matrix."""
    size, kernel, stride, sides, dilation = draw(geometries())
    groups, inputs, outputs = (draw(st.integers(1, 2)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weight = rng.integers(-9, 10, (groups * outputs, inputs, *kernel)).astype(float)
    options = {"stride": stride, "padding": sides, "dilation": dilation, "groups": groups}
    return rng.integers(-9, 10, (groups * inputs, *size)).astype(float), weight, options


@pytest.mark.definition("conv_matrix")
@steadily
@given(matrices())
def test_a_column_of_conv_matrix_is_what_one_pixel_gives(drawn):
    x, weight, options = drawn
    pixels = np.eye(x.size).reshape(-1, *x.shape)
    columns = conv2d(pixels, weight, **options).reshape(x.size, -1)
    actual = conv_matrix(weight, x.shape[1:], **options)
    np.testing.assert_array_equal(actual, columns.T, strict=True)


@pytest.mark.property("conv_matrix", "conv2d", "conv2d_backward")
@steadily
@given(matrices())
def test_conv_matrix_times_the_image_is_conv2d_and_its_transpose_is_the_gradient(drawn):
    x, weight, options = drawn
    matrix, out = conv_matrix(weight, x.shape[1:], **options), conv2d(x, weight, **options)
    np.testing.assert_array_equal(matrix @ x.reshape(-1), out.reshape(-1))
    grad_x, *_ = conv2d_backward(out, x, weight, **options)
    np.testing.assert_array_equal(matrix.T @ out.reshape(-1), grad_x.reshape(-1))


@pytest.mark.property("conv_matrix")
def test_one_kernel_of_two_axes_is_one_kernel_for_one_channel():
    kernel = np.arange(6.0, dtype=np.float32).reshape(2, 3)
    matrix = conv_matrix(kernel, 4)
    np.testing.assert_array_equal(matrix, conv_matrix(kernel[None, None], (4, 4)), strict=True)
    assert matrix.dtype == np.float32


@pytest.mark.bad_input("conv_matrix")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"weight": np.ones(3)},
            ValueError,
            r"weight: got shape \(3,\), expected \(O, C/groups, kH",
        ),
        (
            {"weight": np.ones((2, 0, 3, 3))},
            ValueError,
            r"weight: got shape \(2, 0, 3, 3\), expect",
        ),
        ({"weight": "abc"}, TypeError, "weight: got dtype <U3, expected float32"),
        ({"weight": np.ones((6, 3))}, ValueError, r"weight: got a kernel that covers \(6, 3\)"),
        ({"input_size": 0}, ValueError, "input_size: got 0, expected an integer of at least 1"),
        ({"input_size": (5, 5, 5)}, ValueError, r"input_size: got \(5, 5, 5\), expected one value"),
        ({"groups": 3}, ValueError, r"groups: got 3, expected a divisor of 4 kernels \(weight has"),
        ({"groups": 0}, ValueError, "groups: got 0, expected an integer of at least 1"),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"padding": "full"}, ValueError, "padding: got 'full', expected 'valid' or 'same'"),
        ({"dilation": 9}, ValueError, r"weight: got a kernel that covers \(19, 19\), .* \(5, 5\)"),
    ],
)
def test_conv_matrix_names_bad_input(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        conv_matrix(**{"weight": np.ones((4, 2, 3, 3)), "input_size": 5} | arguments)
