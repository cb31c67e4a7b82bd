"""conv2d and conv_output_size: the lectures' numbers, the definition, properties, bad input."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import conv2d, conv_output_size

steadily = settings(deadline=None, derandomize=True, max_examples=60)

ELTE_IMAGE = [[10, 2, 4, 1, 1], [0, 4, 0, 2, 2], [1, 8, 16, 0, 0], [8, 1, 1, 0, 0], [0, 0, 2, 6, 1]]
ELTE_KERNEL = [[2, 2, 2], [1, 0, 1], [2, 2, 2]]
UFV_X = [
    [[6, 3, 4, 6, 2], [7, 4, 4, 6, 1], [2, 6, 2, 2, 7], [4, 3, 7, 7, 2], [5, 4, 1, 7, 3]],
    [[5, 5, 1, 7, 3], [4, 0, 3, 1, 5], [4, 3, 0, 0, 2], [2, 6, 1, 7, 3], [3, 7, 6, 5, 5]],
    [[6, 5, 2, 3, 6], [3, 7, 0, 2, 4], [2, 6, 4, 0, 6], [1, 3, 0, 3, 5], [1, 1, 0, 1, 4]],
]
UFV_WEIGHT = [
    [
        [[-1, 1, 1], [1, 1, 2], [0, -2, 1]],
        [[-1, 1, -1], [-1, 1, 2], [-1, -1, 1]],
        [[-1, -1, 1], [1, -2, 2], [2, -1, 2]],
    ],
    [
        [[-1, -2, 1], [1, 1, 2], [-2, 2, 2]],
        [[-2, -2, -2], [-2, 1, 0], [0, -2, 0]],
        [[0, -2, 0], [2, -1, -1], [-2, 1, -2]],
    ],
]


def by_definition(x, weight, bias, stride, sides, dilation, groups):
    """The formula in Python's own arithmetic: exact for integers and fractions."""
    (top, _), (left, _) = sides
    channels = len(weight[0])
    kernels_per_group = len(weight) // groups
    height, width = len(x[0][0]), len(x[0][0][0])
    rows = (height + sum(sides[0]) - dilation[0] * (len(weight[0][0]) - 1) - 1) // stride[0] + 1
    columns = width + sum(sides[1]) - dilation[1] * (len(weight[0][0][0]) - 1) - 1
    columns = columns // stride[1] + 1

    def pixel(image, c, row, column):
        inside = 0 <= row < height and 0 <= column < width
        return image[c][row][column] if inside else 0

    def window(image, o, i, j):
        first = o // kernels_per_group * channels
        return bias[o] + sum(
            entry * pixel(image, first + c, row, column)
            for c, plane in enumerate(weight[o])
            for u, line in enumerate(plane)
            for v, entry in enumerate(line)
            for row, column in [
                (i * stride[0] + u * dilation[0] - top, j * stride[1] + v * dilation[1] - left)
            ]
        )

    return [
        [[[window(image, o, i, j) for j in range(columns)] for i in range(rows)] for o in kernels]
        for kernels in [range(len(weight))]
        for image in x
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [[82, 68, 46], [45, 24, 26], [63, 65, 51]]),
        ({"stride": 2}, [[82, 46], [63, 51]]),
        ({"dilation": 2}, [[37]]),
        (
            {"padding": 1},
            [
                [10, 22, 15, 13, 9],
                [46, 82, 68, 46, 6],
                [34, 45, 24, 26, 8],
                [19, 63, 65, 51, 14],
                [18, 22, 10, 5, 6],
            ],
        ),
    ],
)
def test_elte_conv_5x5(options, expected):
    actual = conv2d([ELTE_IMAGE], [[ELTE_KERNEL]], **options)
    np.testing.assert_array_equal(actual, [expected])


def test_elte_vertical_edge_window_is_not_flipped():
    window, kernel = [[2, 5, 3], [2, 4, 3], [5, 4, 2]], [[1, 0, -1], [1, 0, -1], [1, 0, -1]]
    assert conv2d([window], [[kernel]]) == 1


def test_ufv_true_convolution_is_the_correlation_with_the_flipped_kernel():
    actual = conv2d(UFV_X, np.flip(UFV_WEIGHT, (2, 3)), [1, 0], padding=1)
    first_rows = [[0, 34, 39, 23, 35], [-24, -18, -16, -7, -8]]
    np.testing.assert_array_equal(actual[:, 0], first_rows)
    assert actual[0, 2, 3] == 28  # the slide prints 48; its terms add to 28


def test_ncu_sharpen_padded():
    image = [
        [105, 102, 100, 97, 96],
        [103, 99, 103, 101, 102],
        [101, 98, 104, 102, 100],
        [99, 101, 106, 104, 99],
        [104, 104, 104, 100, 98],
    ]
    actual = conv2d([image], [[[[0, -1, 0], [-1, 5, -1], [0, -1, 0]]]], padding=1)
    np.testing.assert_array_equal(actual[0, 0], [320, 206, 198, 188, 281])


@st.composite
def convolutions(draw):
    """Draw integer operands and every option of conv2d, such that the kernel fits."""
    pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(pairs)
    sides = tuple(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))) for _ in range(2))
    groups = draw(st.integers(1, 3))
    shape = [
        max(1, dilation[axis] * (kernel[axis] - 1) + 1 - sum(sides[axis])) + draw(st.integers(0, 4))
        for axis in range(2)
    ]
    batch, channels, kernels = (draw(st.integers(1, 2)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.integers(-9, 10, (batch, groups * channels, *shape))
    weight = rng.integers(-9, 10, (groups * kernels, channels, *kernel))
    bias = rng.integers(-9, 10, groups * kernels)
    return (x, weight, bias), (stride, sides, dilation, groups)


@steadily
@given(convolutions())
def test_integers_agree_exactly_with_the_definition(drawn):
    (x, weight, bias), (stride, sides, dilation, groups) = drawn
    options = {"stride": stride, "padding": sides, "dilation": dilation, "groups": groups}
    actual = conv2d(x, weight, bias, **options)
    expected = by_definition(
        x.tolist(), weight.tolist(), bias.tolist(), stride, sides, dilation, groups
    )
    np.testing.assert_array_equal(actual, expected)


@steadily
@given(convolutions())
def test_the_result_has_the_size_that_conv_output_size_tells(drawn):
    (x, weight, _), (stride, sides, dilation, groups) = drawn
    out = conv2d(x, weight, stride=stride, padding=sides, dilation=dilation, groups=groups)
    size = conv_output_size(x.shape[2:], weight.shape[2:], stride, sides, dilation)
    assert out.shape == (x.shape[0], weight.shape[0], *size)


def test_long_sums_lose_no_digits():
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal((256, 3, 3)), rng.standard_normal((1, 256, 3, 3))
    products = (Fraction(a) * Fraction(b) for a, b in zip(x.flat, weight.flat, strict=True))
    exact, size = float(sum(products)), np.abs(x * weight[0]).sum()
    assert abs(conv2d(x, weight).item() - exact) <= 4 * np.finfo(float).eps * size


def test_padding_forms_mean_the_same():
    rng = np.random.default_rng(1)
    x, weight = rng.random((1, 2, 6, 7)), rng.random((3, 2, 3, 5))
    named = conv2d(x, weight, padding="same")
    assert named.shape == (1, 3, 6, 7)
    for padding in [(1, 2), [1, 2], np.array([1, 2]), ((1, 1), (2, 2))]:
        np.testing.assert_array_equal(conv2d(x, weight, padding=padding), named)
    np.testing.assert_array_equal(conv2d(x, weight, padding="valid"), conv2d(x, weight, padding=0))
    around = np.pad(x, ((0, 0), (0, 0), (0, 3), (2, 1)))
    asymmetric = conv2d(x, weight, padding=((0, 3), (2, 1)))
    np.testing.assert_array_equal(asymmetric, conv2d(around, weight))


def test_same_padding_puts_the_extra_pixel_at_the_bottom_and_right():
    actual = conv2d(np.ones((1, 3, 3)), np.ones((1, 1, 2, 2)), padding="same")
    np.testing.assert_array_equal(actual, [[[4, 4, 2], [4, 4, 2], [2, 2, 1]]])


def test_one_image_is_a_batch_of_one():
    rng = np.random.default_rng(2)
    x, weight = rng.random((2, 5, 5)), rng.random((3, 2, 3, 3))
    np.testing.assert_array_equal(conv2d(x, weight), conv2d(x[np.newaxis], weight)[0])


def test_an_empty_batch_gives_an_empty_result():
    assert conv2d(np.ones((0, 3, 5, 5)), np.ones((2, 3, 3, 3))).shape == (0, 2, 3, 3)


def test_groups_are_separate_convolutions():
    rng = np.random.default_rng(3)
    x, weight = rng.random((2, 4, 5, 5)), rng.random((6, 2, 3, 3))
    halves = [conv2d(x[:, :2], weight[:3]), conv2d(x[:, 2:], weight[3:])]
    np.testing.assert_array_equal(conv2d(x, weight, groups=2), np.concatenate(halves, axis=1))


def test_shifting_the_image_shifts_the_result():
    x, kernel = [[20, 0, 0], [20, 0, 0], [20, 20, 0]], [[2, 0], [0, 2]]
    shifted = [[0, 20, 0], [0, 20, 0], [0, 20, 20]]
    np.testing.assert_array_equal(conv2d([x], [[kernel]]), [[[40, 0], [80, 0]]])
    np.testing.assert_array_equal(conv2d([shifted], [[kernel]]), [[[40, 40], [40, 80]]])


def test_infinite_weight_over_the_padding_gives_nan_as_infinity_times_zero_does():
    weight = [[[[np.inf, 0, 0], [0, 1, 0], [0, 0, 0]]]]
    expected = [[np.nan, np.nan], [np.nan, np.inf]]
    np.testing.assert_array_equal(conv2d(np.ones((1, 2, 2)), weight, padding=1), [expected])


@pytest.mark.parametrize("other", ["weight", "bias"])
def test_a_float64_operand_makes_the_result_float64(other):
    operands = {"x": np.ones((1, 2, 2)), "weight": np.ones((1, 1, 1, 1)), "bias": np.ones(1)}
    mixed = {n: a.astype(np.float64 if n == other else np.float32) for n, a in operands.items()}
    assert conv2d(**mixed).dtype == np.float64


IMAGE, WEIGHT = np.ones((1, 2, 5, 5)), np.ones((4, 2, 3, 3))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"x": np.ones((1, 2, 0, 5))}, ValueError, r"x: got shape \(1, 2, 0, 5\)"),
        ({"weight": np.ones((2, 3, 3))}, ValueError, r"weight: got shape \(2, 3, 3\), expected"),
        ({"weight": np.ones((0, 2, 3, 3))}, ValueError, r"weight: got shape \(0, 2, 3, 3\)"),
        (
            {"weight": np.ones((4, 3, 3, 3))},
            ValueError,
            r"weight: got shape \(4, 3, 3, 3\), expected \(O, 2, kH, kW\) for x of shape "
            r"\(1, 2, 5, 5\) and groups=1",
        ),
        (
            {"weight": np.ones((4, 2, 6, 3))},
            ValueError,
            r"weight: got a kernel that covers \(6, 3\), expected at most .* \(5, 5\)",
        ),
        ({"dilation": 3}, ValueError, r"weight: got a kernel that covers \(7, 7\)"),
        ({"bias": np.ones(3)}, ValueError, r"bias: got shape \(3,\), expected \(4,\) for weight"),
        ({"bias": 1.0}, ValueError, r"bias: got shape \(\), expected \(4,\)"),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"stride": (1, 2, 3)}, ValueError, r"stride: got \(1, 2, 3\), expected one value or a"),
        ({"stride": 1.5}, TypeError, r"stride: got 1\.5, expected an integer"),
        ({"stride": True}, TypeError, "stride: got True, expected an integer"),
        ({"dilation": 0}, ValueError, "dilation: got 0, expected an integer of at least 1"),
        ({"padding": -1}, ValueError, "padding: got -1, expected an integer of at least 0"),
        ({"padding": "full"}, ValueError, "padding: got 'full', expected 'valid' or 'same'"),
        ({"padding": None}, TypeError, "padding: got None, expected an integer"),
        ({"padding": ((1, 2, 3), 1)}, ValueError, r"padding: got \(1, 2, 3\), expected one value"),
        ({"padding": "same", "stride": 2}, ValueError, r"padding: got 'same' with stride \(2, 2\)"),
        ({"groups": 3}, ValueError, "groups: got 3, expected a divisor of 2 channels .* 4 kernels"),
        ({"groups": 0}, ValueError, "groups: got 0, expected an integer of at least 1"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        conv2d(**{"x": IMAGE, "weight": WEIGHT} | arguments)


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
