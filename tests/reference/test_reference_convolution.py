"""conv1d, conv2d and convolve2d: the lectures' numbers, the definition, properties, bad input."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import conv1d, conv2d, conv_output_size, convolve2d

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


@pytest.mark.lecture("conv2d")
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


@pytest.mark.lecture("conv2d")
def test_elte_vertical_edge_window_is_not_flipped():
    window, kernel = [[2, 5, 3], [2, 4, 3], [5, 4, 2]], [[1, 0, -1], [1, 0, -1], [1, 0, -1]]
    assert conv2d([window], [[kernel]]) == 1


@pytest.mark.lecture("conv2d", "convolve2d")
def test_ufv_true_convolution_is_the_correlation_with_the_flipped_kernel():
    printed = [
        [
            [0, 34, 39, 23, 35],
            [-12, 27, 48, 7, 28],
            [-2, 20, 28, 28, 5],  # the slide prints 48 at [0, 2, 3]; its terms add to 28
            [-1, 27, 41, 39, 17],
            [-6, 15, 34, 18, 35],
        ],
        [
            [-24, -18, -16, -7, -8],
            [-10, -43, -12, -12, -6],
            [-26, -3, -60, -10, -16],
            [-60, -20, -27, -45, 4],
            [-8, -3, 5, 17, 28],
        ],
    ]
    np.testing.assert_array_equal(convolve2d(UFV_X, UFV_WEIGHT, [1, 0], padding=1), printed)
    actual = conv2d(UFV_X, np.flip(UFV_WEIGHT, (2, 3)), [1, 0], padding=1)
    np.testing.assert_array_equal(actual, printed)


@pytest.mark.lecture("convolve2d")
def test_ufv_channel_sum():
    channels = [
        convolve2d(UFV_X[c : c + 1], np.array(UFV_WEIGHT)[1:, c : c + 1], padding=1)[0, 0]
        for c in range(3)
    ]
    printed = [[-9, 14, 6, 7, 18], [-13, -11, -21, -17, -9], [-2, -21, -1, 3, -17]]
    np.testing.assert_array_equal(channels, printed)


@pytest.mark.lecture("convolve2d")
def test_proto_true_convolution_of_two_signs_is_worked_by_hand():
    """G[m, n] = sum_j sum_k g[j, k] f[m - j, n - k]; G[1, 1] = 1*4 + 2*3 + 0*2 - 1*1."""
    assert convolve2d([[[1, 2], [3, 4]]], [[[[1, 2], [0, -1]]]]) == 9


@pytest.mark.lecture("conv2d")
def test_bme_conv_binary():
    image = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    actual = conv2d([image], [[[[1, 0, 1], [0, 1, 0], [1, 0, 1]]]])
    np.testing.assert_array_equal(actual[0], [[4, 3, 4], [2, 4, 3], [2, 3, 4]])


@pytest.mark.lecture("conv1d")
def test_the_middle_row_of_ncu_sharpen_padded_is_worked_by_hand():
    """The kernel's middle row along the image's second: 5*103 - 99, 5*99 - 103 - 103, ..."""
    row = [[103, 99, 103, 101, 102]]
    actual = conv1d(row, [[[-1, 5, -1]]], padding=1)
    np.testing.assert_array_equal(actual, [[416, 289, 315, 300, 409]])


@pytest.mark.lecture("conv2d")
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


@pytest.mark.definition("conv2d")
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


@pytest.mark.definition("convolve2d")
@steadily
@given(convolutions())
def test_convolve2d_of_integers_agrees_exactly_with_the_definition(drawn):
    (x, weight, bias), (stride, sides, dilation, groups) = drawn
    flipped = [
        [[line[::-1] for line in plane[::-1]] for plane in kernel] for kernel in weight.tolist()
    ]
    options = {"stride": stride, "padding": sides, "dilation": dilation, "groups": groups}
    actual = convolve2d(x, weight, bias, **options)
    expected = by_definition(x.tolist(), flipped, bias.tolist(), stride, sides, dilation, groups)
    np.testing.assert_array_equal(actual, expected)


@pytest.mark.definition("conv1d")
@steadily
@given(convolutions())
def test_conv1d_of_integers_agrees_exactly_with_the_definition(drawn):
    (x, weight, bias), (stride, sides, dilation, groups) = drawn
    options = {"stride": stride[1], "padding": sides[1], "dilation": dilation[1]}
    actual = conv1d(x[:, :, 0], weight[:, :, 0], bias, groups=groups, **options)
    row, kernel = x[:, :, :1].tolist(), weight[:, :, :1].tolist()
    sides = ((0, 0), sides[1])
    expected = by_definition(row, kernel, bias.tolist(), (1, stride[1]), sides, dilation, groups)
    np.testing.assert_array_equal(actual, np.array(expected)[:, :, 0])


@pytest.mark.property("conv2d", "conv_output_size")
@steadily
@given(convolutions())
def test_the_result_has_the_size_that_conv_output_size_tells(drawn):
    (x, weight, _), (stride, sides, dilation, groups) = drawn
    out = conv2d(x, weight, stride=stride, padding=sides, dilation=dilation, groups=groups)
    size = conv_output_size(x.shape[2:], weight.shape[2:], stride, sides, dilation)
    assert out.shape == (x.shape[0], weight.shape[0], *size)


@pytest.mark.definition("conv2d")
def test_long_sums_lose_no_digits():
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal((256, 3, 3)), rng.standard_normal((1, 256, 3, 3))
    products = (Fraction(a) * Fraction(b) for a, b in zip(x.flat, weight.flat, strict=True))
    exact, size = float(sum(products)), np.abs(x * weight[0]).sum()
    assert abs(conv2d(x, weight).item() - exact) <= 4 * np.finfo(float).eps * size


@pytest.mark.definition("conv2d")
@pytest.mark.parametrize("signed", [True, False])
def test_float64_is_within_1e_14_of_an_extended_sum(signed):
    rng = np.random.default_rng(4)
    x, weight = rng.random((256, 6, 6)) - signed / 2, rng.random((8, 256, 3, 3)) - signed / 2
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (1, 2))
    exact = [
        [[math.fsum((windows[:, i, j] * k).flat) for j in range(4)] for i in range(4)]
        for k in weight
    ]
    error = np.abs(conv2d(x, weight) - exact).max()
    assert error <= 1e-14 * np.abs(exact).max()


@pytest.mark.property("conv2d")
def test_blocks_of_rows_leave_no_seams():
    """So many taps that a block is one row of windows, against each row on its own."""
    rng = np.random.default_rng(5)
    x, weight = rng.integers(-9, 10, (700, 9, 24)), rng.integers(-9, 10, (2, 700, 3, 3))
    rows = [conv2d(x[:, i : i + 3], weight) for i in range(7)]
    np.testing.assert_array_equal(conv2d(x, weight), np.concatenate(rows, axis=1))


@pytest.mark.property("conv2d")
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


@pytest.mark.property("conv2d")
def test_same_padding_puts_the_extra_pixel_at_the_bottom_and_right():
    actual = conv2d(np.ones((1, 3, 3)), np.ones((1, 1, 2, 2)), padding="same")
    np.testing.assert_array_equal(actual, [[[4, 4, 2], [4, 4, 2], [2, 2, 1]]])


@pytest.mark.property("conv2d")
def test_one_image_is_a_batch_of_one():
    rng = np.random.default_rng(2)
    x, weight = rng.random((2, 5, 5)), rng.random((3, 2, 3, 3))
    np.testing.assert_array_equal(conv2d(x, weight), conv2d(x[np.newaxis], weight)[0])


@pytest.mark.property("conv2d")
def test_an_empty_batch_gives_an_empty_result():
    assert conv2d(np.ones((0, 3, 5, 5)), np.ones((2, 3, 3, 3))).shape == (0, 2, 3, 3)


@pytest.mark.property("conv2d")
def test_groups_are_separate_convolutions():
    rng = np.random.default_rng(3)
    x, weight = rng.random((2, 4, 5, 5)), rng.random((6, 2, 3, 3))
    halves = [conv2d(x[:, :2], weight[:3]), conv2d(x[:, 2:], weight[3:])]
    np.testing.assert_array_equal(conv2d(x, weight, groups=2), np.concatenate(halves, axis=1))


@pytest.mark.lecture("conv2d")
@pytest.mark.property("conv2d")
def test_shifting_the_image_shifts_the_result():
    x, kernel = [[20, 0, 0], [20, 0, 0], [20, 20, 0]], [[2, 0], [0, 2]]
    shifted = [[0, 20, 0], [0, 20, 0], [0, 20, 20]]
    np.testing.assert_array_equal(conv2d([x], [[kernel]]), [[[40, 0], [80, 0]]])
    np.testing.assert_array_equal(conv2d([shifted], [[kernel]]), [[[40, 40], [40, 80]]])


@pytest.mark.property("conv2d")
def test_infinite_weight_over_the_padding_gives_nan_as_infinity_times_zero_does():
    weight = [[[[np.inf, 0, 0], [0, 1, 0], [0, 0, 0]]]]
    expected = [[np.nan, np.nan], [np.nan, np.inf]]
    np.testing.assert_array_equal(conv2d(np.ones((1, 2, 2)), weight, padding=1), [expected])


@pytest.mark.property("conv2d")
@pytest.mark.parametrize("other", ["weight", "bias"])
def test_a_float64_operand_makes_the_result_float64(other):
    operands = {"x": np.ones((1, 2, 2)), "weight": np.ones((1, 1, 1, 1)), "bias": np.ones(1)}
    mixed = {n: a.astype(np.float64 if n == other else np.float32) for n, a in operands.items()}
    assert conv2d(**mixed).dtype == np.float64


IMAGE, WEIGHT = np.ones((1, 2, 5, 5)), np.ones((4, 2, 3, 3))


@pytest.mark.bad_input("conv2d")
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


@pytest.mark.property("conv1d")
@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"groups": True}, "groups: got True, expected an integer"),
        ({"stride": (1, True)}, "stride: got True, expected an integer"),
        ({"stride": (1.0, 1)}, "stride: got 1.0, expected an integer"),
        ({"padding": ((0, 0), (0, False))}, "padding: got False, expected an integer"),
        ({"accumulator": ["float64"]}, "accumulator: got .'float64'., expected 'float64' or"),
        ({"backend": ["cpu"]}, "backend: got .'cpu'., expected 'cpu' or 'cuda'"),
    ],
)
def test_what_looks_like_options_that_were_right_before_is_not_taken_for_them(option, message):
    x, weight = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    for _ in range(2):
        assert conv2d(x, weight).shape == (1, 1, 3, 3)
        pairs = {"stride": (1, 1), "padding": ((0, 0), (0, 0))}
        assert conv2d(x, weight, **pairs).shape == (1, 1, 3, 3)
        with pytest.raises((TypeError, ValueError), match=f"^{message}"):
            conv2d(x, weight, **option)


def test_conv1d_is_conv2d_of_one_row():
    rng = np.random.default_rng(6)
    x, weight, bias = rng.random((2, 4, 9)), rng.random((6, 2, 3)), rng.random(6)
    options = {"stride": 2, "dilation": 2, "groups": 2}
    actual = conv1d(x, weight, bias, padding=(3, 1), **options)
    row, kernel = x[:, :, np.newaxis], weight[:, :, np.newaxis]
    expected = conv2d(row, kernel, bias, padding=((0, 0), (3, 1)), **options)
    np.testing.assert_array_equal(actual, expected[:, :, 0])
    np.testing.assert_array_equal(conv1d(x[1], weight, bias, padding=(3, 1), **options), actual[1])


@pytest.mark.property("conv1d")
def test_conv1d_same_padding_keeps_the_length_and_puts_the_extra_zero_after():
    np.testing.assert_array_equal(conv1d([[1, 2, 3]], [[[1, 1]]], padding="same"), [[3, 5, 3]])
    assert conv1d(np.ones((0, 1, 7)), np.ones((2, 1, 3)), padding="valid").shape == (0, 2, 5)


@pytest.mark.property("convolve2d")
@steadily
@given(st.integers(0, 2**32 - 1))
def test_convolution_does_not_know_which_is_the_kernel(seed):
    rng = np.random.default_rng(seed)
    f, g = rng.integers(-9, 10, (4, 5)), rng.integers(-9, 10, (3, 2))
    one = convolve2d([f], [[g]], padding=(2, 1))
    np.testing.assert_array_equal(one, convolve2d([g], [[f]], padding=(3, 4)))


@pytest.mark.bad_input("convolve2d")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": np.ones((5, 5))}, ValueError, r"x: got shape \(5, 5\), expected \(N, C, H, W\)"),
        ({"weight": np.ones((3, 3))}, ValueError, r"weight: got shape \(3, 3\), expected \(O, C"),
        ({"weight": "abc"}, TypeError, "weight: got dtype <U3, expected float32"),
        ({"weight": [[1], [1, 2]]}, ValueError, "weight: got list that is no array"),
        ({"bias": np.ones(3)}, ValueError, r"bias: got shape \(3,\), expected \(4,\)"),
        ({"stride": -1}, ValueError, "stride: got -1, expected an integer of at least 1"),
        ({"padding": "full"}, ValueError, "padding: got 'full', expected 'valid' or 'same'"),
    ],
)
def test_convolve2d_names_bad_input(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        convolve2d(**{"x": IMAGE, "weight": WEIGHT} | arguments)


@pytest.mark.bad_input("conv1d")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": np.ones(5)}, ValueError, r"x: got shape \(5,\), expected \(N, C, L\) or \(C, L\)"),
        ({"x": np.ones((1, 2, 0))}, ValueError, r"x: got shape \(1, 2, 0\), .* C, L at least 1"),
        ({"x": np.ones((1, 2, 5, 5))}, ValueError, r"x: got shape \(1, 2, 5, 5\), expected"),
        ({"weight": np.ones((2, 3))}, ValueError, r"weight: got shape \(2, 3\), expected \(O, C/"),
        (
            {"weight": np.ones((4, 3, 3))},
            ValueError,
            r"weight: got shape \(4, 3, 3\), expected \(O, 2, k\) for x of shape \(1, 2, 5\)",
        ),
        (
            {"dilation": 3},
            ValueError,
            "weight: got a kernel that covers 7, expected at most the padded input's size 5",
        ),
        ({"bias": np.ones(3)}, ValueError, r"bias: got shape \(3,\), expected \(4,\) for weight"),
        ({"stride": 0}, ValueError, "stride: got 0, expected an integer of at least 1"),
        ({"stride": (1, 1)}, TypeError, r"stride: got \(1, 1\), expected an integer"),
        ({"dilation": 1.5}, TypeError, r"dilation: got 1\.5, expected an integer"),
        ({"padding": -1}, ValueError, "padding: got -1, expected an integer of at least 0"),
        ({"padding": (1, 2, 3)}, ValueError, r"padding: got \(1, 2, 3\), expected one value or a"),
        ({"padding": ((1, 2), 1)}, TypeError, r"padding: got \(1, 2\), expected an integer"),
        ({"padding": "full"}, ValueError, "padding: got 'full', expected 'valid' or 'same'"),
        ({"padding": "same", "stride": 2}, ValueError, "padding: got 'same' with stride 2"),
        ({"groups": 3}, ValueError, "groups: got 3, expected a divisor of 2 channels .* 4 kernels"),
    ],
)
def test_conv1d_names_bad_input(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        conv1d(**{"x": np.ones((1, 2, 5)), "weight": np.ones((4, 2, 3))} | arguments)
