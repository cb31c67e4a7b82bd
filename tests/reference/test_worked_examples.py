"""Worked examples: what they write on the board is what the operations of `reference` compute."""

import re

import numpy as np
import pytest

import reference
from reference.pictures import sheet
from reference.worked_examples import (
    activations,
    blackboard,
    layers,
    losses,
    pooling,
    rankings,
    scores,
    shapes,
    steps,
    windows,
)

RANDOM = np.random.default_rng(20241008)
LABELS = np.array([1, 1, 0, 1, 1, 1, 0, 0])
SCORES = np.array([0.3, 0.9, 0.4, 0.9, 0.5, 0.6, 0.5, 0.1])  # with a tie
MATRIX = np.array([[15, 3, 8], [4, 23, 1], [9, 2, 19]])
NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"


def numbers_after(text: str, *before: str) -> list[float]:
    """Return the numbers that stand right after these words, wherever they do."""
    return [
        float(n) for word in before for n in re.findall(re.escape(word) + rf" ?({NUMBER})", text)
    ]


def last_number(text: str) -> float:
    return float(re.findall(NUMBER, text)[-1])


def close(actual, expected):
    """Numbers on the board have about four digits."""
    return actual == pytest.approx(expected, rel=1e-3, abs=1e-4)


# The board


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (82.0, "82"),
        (-3, "-3"),
        (np.float32(0.5), "0.5"),
        (1.37838885, "1.3784"),
        (0.00242825803, "0.002428"),
        (2980.957987, "2980.958"),
        (1e9, "1e+09"),
        (1e300, "1e+300"),
        (np.nan, "nan"),
        (-np.inf, "-inf"),
        (True, "1"),
        ("as it is", "as it is"),
    ],
)
def test_a_number_is_whole_or_has_about_four_digits(value, written):
    assert blackboard.number(value) == written


def test_a_negative_number_stands_in_brackets_behind_a_sign():
    assert blackboard.products([2, -1], [-3, 4], -5) == "2·(-3) + (-1)·4 + (-5)"


def test_the_middle_of_a_long_sum_is_left_out():
    assert blackboard.total(list("abcdefg")) == "a + b + c + ... + g"
    assert blackboard.total(list("abcde")) == "a + b + c + d + e"


def test_of_a_long_table_the_first_rows_are_shown_and_the_others_counted():
    shown = blackboard.table(["n"], ([n] for n in range(30))).splitlines()
    assert (shown[1].strip(), shown[-2].strip(), shown[-1]) == ("0", "10", "... and 19 more")


def test_a_large_matrix_is_cut_at_its_right_and_at_its_foot():
    shown = blackboard.matrix(np.arange(400).reshape(20, 20))
    assert (len(shown), shown[-1]) == (13, "...")
    assert shown[0].split() == [*map(str, range(12)), "..."]


# Windows


def test_the_first_window_of_the_lecture_is_laid_out():
    image = np.array(
        [[10, 2, 4, 1, 1], [0, 4, 0, 2, 2], [1, 8, 16, 0, 0], [8, 1, 1, 0, 0], [0, 0, 2, 6, 1.0]]
    )
    kernel = np.array([[2, 2, 2], [1, 0, 1], [2, 2, 2.0]])
    x, weight = image[None, None], kernel[None, None]
    answer = np.array([[[[82, 68, 46], [45, 24, 26], [63, 65, 51.0]]]])
    assert np.array_equal(reference.conv2d(x, weight), answer)
    text = windows.convolution({"x": x, "weight": weight}, answer)
    assert "20   4   8" in text
    assert "sum 82" in text
    assert text.endswith("82  68  46\n45  24  26\n63  65  51")


@pytest.mark.parametrize("channels", [1, 3, 5])
@pytest.mark.parametrize("way", [{}, {"padding": 1}, {"stride": 2}, {"dilation": 2, "padding": 2}])
@pytest.mark.parametrize(
    ("lay_out", "operation"),
    [(windows.convolution, "conv2d"), (windows.true_convolution, "convolve2d")],
)
def test_the_sums_over_the_channels_and_the_bias_give_the_answer(lay_out, operation, channels, way):
    x, weight = RANDOM.normal(size=(2, channels, 6, 7)), RANDOM.normal(size=(2, channels, 3, 2))
    bias = RANDOM.normal(size=2)
    answer = getattr(reference, operation)(x, weight, bias, **way)
    text = lay_out({"x": x, "weight": weight, "bias": bias, **way}, answer)
    (added,) = [line for line in text.splitlines() if "bias" in line]
    assert close(last_number(added), answer[0, 0, 0, 0])
    assert len(numbers_after(text, "sum")) == min(channels, windows.CHANNELS)


def test_along_one_axis_the_sum_is_the_first_number_of_the_answer():
    x, weight = RANDOM.normal(size=(1, 1, 9)), RANDOM.normal(size=(1, 1, 3))
    inputs = {"x": x, "weight": weight, "padding": 1, "stride": 2}
    answer = reference.conv1d(x, weight, padding=1, stride=2)
    text = windows.convolution_1d(inputs, answer)
    assert close(numbers_after(text, "sum"), [answer[0, 0, 0]])


def test_an_answer_as_large_as_the_image_begins_in_the_padding():
    image, kernel = RANDOM.integers(1, 9, (4, 4)), RANDOM.integers(1, 9, (3, 3))
    answer = reference.conv2d(image[None, None] * 1.0, kernel[None, None] * 1.0, padding=1)[0, 0]
    text = windows.one_channel({"image": image, "kernel": kernel, "mode": "same"}, answer)
    assert numbers_after(text, "sum") == [answer[0, 0]]


@pytest.mark.parametrize(
    ("lay_out", "operation", "word"),
    [
        (pooling.max_pooling, "max_pool2d", "largest"),
        (pooling.min_pooling, "min_pool2d", "smallest"),
        (pooling.average_pooling, "avg_pool2d", "/ 9 ="),
    ],
)
@pytest.mark.parametrize("way", [{}, {"stride": 2}, {"padding": 1}])
def test_every_window_shown_gives_its_pixel_of_the_answer(lay_out, operation, word, way):
    x = RANDOM.normal(size=(1, 2, 8, 8))
    answer = getattr(reference, operation)(x, 3, **way)
    text = lay_out({"x": x, "kernel_size": 3, **way}, answer)
    assert close(numbers_after(text, word), list(answer[0, 0].ravel()[:4]))


def test_zeros_that_do_not_count_are_left_out_of_the_mean():
    x = RANDOM.normal(size=(1, 1, 4, 4))
    way = {"padding": 1, "count_include_pad": False}
    answer = reference.avg_pool2d(x, 2, **way)
    text = pooling.average_pooling({"x": x, "kernel_size": 2, **way}, answer)
    shown = numbers_after(text, "/ 1 =", "/ 2 =", "/ 4 =")
    assert close(sorted(shown), sorted(answer[0, 0].ravel()[:4]))


def test_windows_over_rows_times_windows_over_columns_is_the_coverage():
    inputs = {"input_size": [7, 5], "kernel_size": 3, "stride": 2, "padding": 1}
    rows, columns = (pooling.number_of_windows(inputs, axis) for axis in (0, 1))
    answer = reference.conv_coverage((7, 5), 3, stride=2, padding=1)
    assert np.array_equal(np.outer(rows, columns), answer)


# Formulas


@pytest.mark.parametrize("way", [{}, {"stride": 3}, {"padding": 2}, {"dilation": 2, "stride": 2}])
def test_the_formula_of_the_output_size_gives_the_answer(way):
    answer = reference.conv_output_size(32, 5, **way)
    text = shapes.output_size({"input_size": 32, "kernel_size": 5, **way}, "?")
    floor = int(float(re.findall(rf"⌊({NUMBER})⌋", text)[-1]))
    assert floor + 1 == answer


@pytest.mark.parametrize("bias", [True, False])
def test_the_parameters_of_a_layer_are_counted(bias):
    inputs = {"in_channels": 3, "out_channels": 12, "kernel_size": 5, "bias": bias}
    text = shapes.parameter_count(inputs, None)
    assert last_number(text) == reference.conv_parameter_count(3, 12, 5, bias=bias)


# Activations and losses


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky_relu"])
def test_the_last_column_is_the_activation(name):
    x = np.array([-700.0, -2, -0.5, 0, 1, 3])
    answer = getattr(reference, name)(x)
    text = getattr(activations, name)({"x": x}, None)
    assert close([last_number(line) for line in text.splitlines()[1:]], list(answer))


@pytest.mark.parametrize("shift", [0, 1000])
def test_softmax_is_the_exponential_over_the_sum(shift):
    x = np.array([4.0, 2, 8]) + shift
    text = activations.softmax({"x": x}, None)
    rows = text.splitlines()[1:4]
    assert close([last_number(row) for row in rows], list(reference.softmax(x)))


def test_the_gradient_of_softmax_is_the_last_column():
    x, grad = np.array([4.0, 2, 8]), np.array([1.0, -2, 3])
    text = activations.softmax_gradient({"x": x, "grad_output": grad}, None)
    p = reference.softmax(x)
    expected = p * (grad - p @ grad)
    assert close([last_number(row) for row in text.splitlines()[-3:]], list(expected))


PREDICTIONS = np.array([[0.1, 0.1, 0.8], [0.3, 0.4, 0.3], [0.3, 0.3, 0.4]])
TARGETS = np.eye(3)


@pytest.mark.parametrize(
    ("lay_out", "operation", "inputs"),
    [
        (losses.cross_entropy, "cross_entropy", {"base": 10}),
        (losses.binary_cross_entropy, "binary_cross_entropy", {"base": 2}),
        (losses.squared_error, "mse", {"reduction": "mean"}),
        (losses.squared_error, "mse", {"reduction": "per_sample"}),
        (losses.squared_error, "mse", {"reduction": "sum"}),
        (losses.root_of_squared_error, "rmse", {}),
    ],
)
def test_the_last_number_is_the_loss(lay_out, operation, inputs):
    answer = getattr(reference, operation)(PREDICTIONS, TARGETS, **inputs)
    text = lay_out({"predictions": PREDICTIONS, "targets": TARGETS, **inputs}, None)
    assert close(last_number(text), answer)


def test_the_loss_of_logits_is_the_mean_of_the_samples():
    logits = RANDOM.normal(size=(3, 3)) * 5
    answer = reference.softmax_cross_entropy(logits, TARGETS)
    text = losses.softmax_cross_entropy({"logits": logits, "targets": TARGETS}, None)
    assert close(last_number(text), answer)


# Scores


def test_the_sums_of_a_confusion_matrix_stand_at_its_edges():
    text = scores.counts(MATRIX)
    assert text.splitlines()[-1].split() == ["all", "28", "28", "28", "84"]


@pytest.mark.parametrize("k", [0, 1, 2])
def test_the_four_counts_are_the_sums_of_their_cells(k):
    answer = reference.one_vs_rest_counts(MATRIX, k)
    text = scores.one_vs_rest({"matrix": MATRIX, "k": k}, answer)
    for line, count in zip(text.splitlines()[-4:], answer, strict=True):
        cells = [int(n) for n in re.findall(r"\d+", line.split("=")[1])]
        assert sum(cells) == count == last_number(line)


def test_the_fractions_of_a_class_are_its_scores():
    y_true, y_pred = (np.repeat(i.ravel(), MATRIX.ravel()) for i in np.indices((3, 3)))
    text = scores.precision_recall_f1({"matrix": MATRIX, "average": None}, None)
    for name in ("precision", "recall", "f1"):
        lines = [line for line in text.splitlines() if line.strip().startswith(name)]
        expected = getattr(reference, name)(y_true, y_pred, average=None)
        assert close([last_number(line) for line in lines], list(expected))


def test_the_share_of_pairs_in_order_is_the_area():
    text = rankings.roc_area({"y_true": LABELS, "scores": SCORES}, None)
    assert close(last_number(text), reference.roc_auc(LABELS, SCORES))


def test_the_rates_of_every_threshold_are_the_curve():
    fpr, tpr, _ = reference.roc_curve(LABELS, SCORES, drop_intermediate=False)
    text = rankings.roc_curve({"y_true": LABELS, "scores": SCORES}, None)
    rows = [line.split() for line in text.splitlines()[3:]]
    assert close([[float(n) for n in row[-2:]] for row in rows], np.stack([fpr, tpr], axis=1))


def test_the_steps_of_the_recall_add_up_to_the_average_precision():
    text = rankings.average_precision({"y_true": LABELS, "scores": SCORES}, None)
    assert close(last_number(text), reference.average_precision(LABELS, SCORES))


# Steps and layers

GRADIENTS = [np.array([g]) for g in (4.0, -2.0, 0.5)]
LECTURE_MOMENTUM = {"dampening": None, "dampen_first_step": True}


@pytest.mark.parametrize(
    ("name", "settings", "conventions"),
    [
        ("momentum", {"learning_rate": 0.1, "momentum": 0.9}, LECTURE_MOMENTUM),
        ("adagrad", {"learning_rate": 0.5, "eps": 7.0}, {"eps_inside_sqrt": True}),
        ("rmsprop", {"learning_rate": 0.5, "alpha": 0.75, "eps": 3.0}, {"eps_inside_sqrt": True}),
        ("adadelta", {"rho": 0.75, "eps": 0.25}, {}),
        ("adam", {"learning_rate": 0.5, "betas": (0.5, 0.75), "eps": 0.25}, {}),
        ("adam", {"learning_rate": 0.5, "bias_correction": False, "eps_inside_sqrt": True}, {}),
    ],
)
def test_every_step_reaches_the_weight_of_the_optimizer(name, settings, conventions):
    param, state, weights = np.array([1.0]), None, []
    for grad in GRADIENTS:
        param, state = getattr(reference, name)(param, grad, state, **settings, **conventions)
        weights.append(param[0])
    inputs = {"param": np.array([1.0]), "grads": GRADIENTS, **settings}
    text = getattr(steps, name)(inputs, None)
    lines = [line.split("   d = ")[0] for line in text.splitlines() if "θ = " in line]
    assert close([last_number(line) for line in lines], weights)


def test_both_parameters_of_a_line_follow_the_answer():
    x, y, theta, path = np.arange(4.0), np.array([1.0, 1, 3, 3]), np.zeros(2), [np.zeros(2)]
    for _ in range(3):
        e = theta[0] + theta[1] * x - y
        theta = theta - 0.1 * 2 * np.array([e.mean(), (e * x).mean()])
        path.append(theta)
    inputs = {"theta": np.zeros(2), "x": x, "y": y, "learning_rate": 0.1, "steps": 3}
    text = steps.line_descent(inputs, np.array(path))
    for k in (0, 1):
        # The formula, not the answer behind it.
        formulas = re.findall(rf"θ{k} = ({NUMBER}) - 0\.1·2·\(?({NUMBER})\)?/4 =", text)
        reached = [float(old) - 0.1 * 2 * float(total) / 4 for old, total in formulas]
        assert close(reached, [theta[k] for theta in path[1:]])


def test_the_products_of_a_unit_add_up_to_its_answer():
    x, weight, bias = RANDOM.normal(size=(2, 3)), RANDOM.normal(size=(3, 2)), RANDOM.normal(size=2)
    answer = reference.dense(x, weight, bias)
    text = layers.dense({"x": x, "weight": weight, "bias": bias}, answer)
    sums = [line for line in text.splitlines() if line.startswith("z")]
    assert close([last_number(line) for line in sums], list(answer[0]))


def test_the_gates_of_an_lstm_give_its_output():
    gates = ("input", "forget", "candidate", "output")
    weights = {name: RANDOM.normal(size=(2, 3)) for name in gates}
    biases = {name: RANDOM.normal(size=2) for name in gates}
    x, h, c = RANDOM.normal(size=(1, 1)), RANDOM.normal(size=(1, 2)), RANDOM.normal(size=(1, 2))
    text = layers.lstm_cell({"x": x, "h": h, "c": c, "weights": weights, "biases": biases}, None)
    z = {name: np.concatenate([h[0], x[0]]) @ weights[name][0] + biases[name][0] for name in gates}
    i, f, o = (1 / (1 + np.exp(-z[name])) for name in ("input", "forget", "output"))
    new_c = f * c[0, 0] + i * np.tanh(z["candidate"])
    assert close(
        [last_number(line) for line in text.splitlines()[-2:]], [new_c, o * np.tanh(new_c)]
    )


# Pictures


def test_every_axes_of_a_figure_has_the_size_that_is_asked_for():
    figure = sheet.figure(columns=3, width=2.0, height=1.5)
    assert len(figure.axes) == 3
    assert tuple(figure.get_size_inches()) == (6.0, 1.5)
