"""Dense layers, perceptrons, linear regression: lectures, definition, properties, bad input."""

import warnings
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference as r

steadily = settings(deadline=None, derandomize=True, max_examples=60)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 5)

# NCU's table: age, weight, height of ten people.
AGE = [25, 30, 35, 40, 45, 50, 55, 60, 65, 70]
WEIGHT = [70, 80, 85, 88, 70, 75, 77, 88, 70, 72]
HEIGHT = [175, 180, 178, 176, 170, 169, 165, 160, 158, 155]
# Two inputs, two hidden units, one output, with weights that are easy to follow by hand.
FIRST = ([[1.0, -1.0], [1.0, 1.0]], [0.0, 0.0])
LAST = ([[0.5], [0.25]], [1.0])


def exact(rng, *shape):
    """Return multiples of 1/8, whose sums of products are exact."""
    return rng.integers(-32, 32, shape) / 8


def product(a, b):
    return [
        [
            sum(Fraction(x) * Fraction(y) for x, y in zip(row, column, strict=True))
            for column in zip(*b, strict=True)
        ]
        for row in a
    ]


@pytest.mark.lecture("dense")
def test_elte_neuron_worked_by_hand():
    """o = g(sum_j w_j x_j + b) with 1*2 + 2*(-1) + 3*0.5 + 0.25 = 1.75 and g = relu"""
    assert r.relu(r.dense([1.0, 2.0, 3.0], [[2.0], [-1.0], [0.5]], [0.25])).tolist() == [1.75]


@pytest.mark.lecture("dense_backward")
def test_ncu_gradients_of_a_dense_layer_worked_by_hand():
    """dW2 = A1^T dA2, db2 = column sums, dA1 = dA2 W2^T, for two people"""
    hidden, grad = [[1.0, 2.0], [3.0, 4.0]], [[10.0], [100.0]]
    grad_x, grad_weight, grad_bias = r.dense_backward(grad, hidden, LAST[0])
    assert grad_x.tolist() == [[5, 2.5], [50, 25]]
    assert grad_weight.tolist() == [[310], [420]]
    assert grad_bias.tolist() == [110]


@pytest.mark.lecture("mlp_forward")
def test_ncu_mlp_forward_on_the_first_two_people_by_hand():
    """25 + 70 = 95 and 70 - 25 = 45; 95/2 + 45/4 + 1. Then 110 and 50."""
    out = r.mlp_forward(np.column_stack([AGE, WEIGHT])[:2], [FIRST, LAST])
    assert out.tolist() == [[59.75], [68.5]]


@pytest.mark.lecture("mlp_backward")
def test_ncu_mlp_one_step_of_the_first_two_people_by_hand():
    """The loss (A2 - y)^2 gives dA2 = 2 (A2 - y) = 2 (59.75 - 175), 2 (68.5 - 180)."""
    x = np.column_stack([AGE, WEIGHT])[:2]
    grad = r.mse_backward(r.mlp_forward(x, [FIRST, LAST]), [[175], [180]], reduction="sum")
    assert grad.tolist() == [[-230.5], [-223.0]]
    _, [(dw1, db1), (dw2, db2)] = r.mlp_backward(grad, x, [FIRST, LAST])
    assert dw2.tolist() == [[95 * -230.5 + 110 * -223], [45 * -230.5 + 50 * -223]]
    assert db2.tolist() == [-453.5]
    hidden = [[-230.5 / 2, -230.5 / 4], [-223 / 2, -223 / 4]]  # both units are awake
    assert db1.tolist() == [-453.5 / 2, -453.5 / 4]
    assert dw1.tolist() == (x.T @ np.array(hidden)).tolist()


@pytest.mark.lecture("linear_regression_cost")
def test_elte_cost_is_the_sum_and_the_product_of_matrices():
    """J = (1/n) sum (theta1 x + theta0 - y)^2, on NCU's ages and heights"""
    cost = sum((200 - 0.5 * age - height) ** 2 for age, height in zip(AGE, HEIGHT, strict=True))
    assert r.linear_regression_cost([200, -0.5], AGE, HEIGHT) == cost / 10
    design = np.column_stack([np.ones(10), AGE])
    options = {"intercept": False, "reduction": "sum"}
    assert r.linear_regression_cost([200, -0.5], design, HEIGHT, **options) == cost


@pytest.mark.lecture("normal_equation")
def test_elte_normal_equation_is_where_gradient_descent_ends():
    age = (np.array(AGE) - 47.5) / 14.36
    theta = np.zeros(2)
    for _ in range(2000):
        residuals = theta[0] + theta[1] * age - HEIGHT
        theta -= 0.1 * 2 * np.array([residuals.mean(), (residuals * age).mean()])
    np.testing.assert_allclose(r.normal_equation(age, HEIGHT), theta, rtol=1e-12)


@pytest.mark.definition("dense", "dense_backward")
@steadily
@given(seeds, sizes, sizes, sizes)
def test_dense_agrees_with_exact_fractions(seed, samples, inputs, outputs):
    rng = np.random.default_rng(seed)
    x, weight = exact(rng, samples, inputs), exact(rng, inputs, outputs)
    bias, grad = exact(rng, outputs), exact(rng, samples, outputs)
    expected = [
        [p + Fraction(b) for p, b in zip(row, bias, strict=True)] for row in product(x, weight)
    ]
    np.testing.assert_array_equal(r.dense(x, weight, bias), np.array(expected, float))
    grad_x, grad_weight, grad_bias = r.dense_backward(grad, x, weight)
    np.testing.assert_array_equal(grad_x, np.array(product(grad, weight.T), float))
    np.testing.assert_array_equal(grad_weight, np.array(product(x.T, grad), float))
    np.testing.assert_array_equal(grad_bias, grad.sum(0))


def by_definition(x, parameters, activation):
    """Neuron by neuron, o = g(sum_j w_j x_j + b), in exact fractions."""
    rows = [[Fraction(float(value)) for value in row] for row in x]
    for place, (weight, bias) in enumerate(parameters):
        rows = [
            [
                sum((v * Fraction(float(w)) for v, w in zip(row, column, strict=True)), Fraction(b))
                for column, b in zip(np.transpose(weight), bias, strict=True)
            ]
            for row in rows
        ]
        if place < len(parameters) - 1:
            rows = [[activation(value) for value in row] for row in rows]
    return np.array(rows, float)


def network(rng, *widths):
    return [(exact(rng, before, after), exact(rng, after)) for before, after in pairwise(widths)]


@pytest.mark.definition("mlp_forward")
@steadily
@given(seeds, st.lists(sizes, min_size=2, max_size=4))
def test_a_perceptron_agrees_with_its_neurons(seed, widths):
    rng = np.random.default_rng(seed)
    x, parameters = exact(rng, 3, widths[0]), network(rng, *widths)
    expected = by_definition(x, parameters, lambda value: max(value, Fraction(0)))
    np.testing.assert_allclose(r.mlp_forward(x, parameters), expected, rtol=1e-13)


@pytest.mark.definition("mlp_backward")
@steadily
@given(seeds, st.lists(sizes, min_size=2, max_size=4))
def test_back_propagation_agrees_with_the_sum_over_all_paths(seed, widths):
    """The derivative of an output by an input: over all paths, the products of the weights."""
    rng = np.random.default_rng(seed)
    x, parameters = exact(rng, widths[0]), network(rng, *widths)
    jacobian, value = np.eye(widths[0]), x
    for place, (weight, bias) in enumerate(parameters):
        value = value @ weight + bias
        awake = value > 0 if place < len(parameters) - 1 else np.ones(len(value), bool)
        jacobian = jacobian @ weight * awake
        value = np.where(awake, value, 0.0)
    grad = exact(rng, widths[-1])
    actual, gradients = r.mlp_backward(grad, x, parameters)
    np.testing.assert_allclose(actual, jacobian @ grad, rtol=1e-12, atol=1e-12)
    assert [(w.shape, b.shape) for w, b in gradients] == [(w.shape, b.shape) for w, b in parameters]


@pytest.mark.definition("linear_regression_cost", "normal_equation")
@steadily
@given(seeds, st.integers(4, 9))
def test_linear_regression_agrees_with_exact_fractions(seed, samples):
    rng = np.random.default_rng(seed)
    x, y = np.arange(samples) + 0.5 * rng.integers(0, 2, samples), exact(rng, samples)
    xs, ys = [Fraction(v) for v in x], [Fraction(v) for v in y]
    mean_x, mean_y = sum(xs) / samples, sum(ys) / samples
    covariance = sum((a - mean_x) * (b - mean_y) for a, b in zip(xs, ys, strict=True))
    slope = covariance / sum((a - mean_x) ** 2 for a in xs)
    theta = [mean_y - slope * mean_x, slope]
    np.testing.assert_allclose(
        r.normal_equation(x, y), [float(t) for t in theta], rtol=1e-12, atol=1e-12
    )
    cost = sum((theta[0] + slope * a - b) ** 2 for a, b in zip(xs, ys, strict=True)) / samples
    actual = r.linear_regression_cost([float(t) for t in theta], x, y)
    assert actual == pytest.approx(float(cost), rel=1e-12, abs=1e-12)


@pytest.mark.property("mlp_forward", "mlp_backward")
@steadily
@given(seeds)
def test_a_perceptron_of_one_layer_is_dense(seed):
    rng = np.random.default_rng(seed)
    x, grad, [(weight, bias)] = exact(rng, 4, 3), exact(rng, 4, 2), network(rng, 3, 2)
    np.testing.assert_array_equal(r.mlp_forward(x, [(weight, bias)]), r.dense(x, weight, bias))
    grad_x, [gradients] = r.mlp_backward(grad, x, [(weight, bias)])
    for actual, expected in zip(
        (grad_x, *gradients), r.dense_backward(grad, x, weight), strict=True
    ):
        np.testing.assert_array_equal(actual, expected)


@pytest.mark.property("linear_regression_cost", "normal_equation")
@steadily
@given(seeds)
def test_no_other_line_costs_less(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((2, 8))
    theta = r.normal_equation(x, y)
    least = r.linear_regression_cost(theta, x, y)
    other = theta + rng.standard_normal(2)
    assert r.linear_regression_cost(other, x, y) >= least
    on_the_line = r.linear_regression_cost(theta, x, theta[0] + theta[1] * x)
    assert on_the_line == pytest.approx(0, abs=1e-28)


@pytest.mark.property("normal_equation")
@pytest.mark.parametrize("unit", [1e-300, 1e-17, 1e17])
def test_the_unit_of_a_feature_changes_its_parameter_alone(unit):
    """Columns of different size do not depend on each other, whatever their unit."""
    x, y = np.array([0.0, 1.0, 2.0, 4.0]), [1.0, 3.0, 5.5, 8.0]
    theta = r.normal_equation(x, y)
    np.testing.assert_allclose(r.normal_equation(x * unit, y), theta / [1, unit], rtol=1e-13)


@pytest.mark.definition("normal_equation")
def test_a_line_through_seconds_since_1970_is_found():
    """y = 3 + 2 (x - 1.7e9); the condition of X is 1e9, so nine of sixteen digits are lost."""
    x = 1.7e9 + np.arange(10.0)
    np.testing.assert_allclose(
        r.normal_equation(x, 3 + 2 * np.arange(10.0)), [3 - 3.4e9, 2], rtol=1e-6
    )


@pytest.mark.property("dense", "dense_backward")
def test_infinity_and_nan_are_answers_without_a_warning():
    large, huge = np.full((1, 1), 3e38, np.float32), np.full((1, 1), 10, np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert r.dense(large, huge) == np.inf
        assert np.isnan(r.dense([[np.inf, -np.inf]], [[1.0], [1.0]]))
        grad_x, grad_weight, _ = r.dense_backward(large, [[0.0]], [[np.inf]])
        assert grad_x == np.inf
        assert grad_weight == 0
        assert np.isnan(r.dense_backward([[0.0]], [[1.0]], [[np.inf]])[0])


def test_one_sample_gives_one_row():
    weight, bias = np.arange(6.0).reshape(3, 2), np.ones(2)
    x = np.array([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(r.dense(x, weight, bias), r.dense(x[None], weight, bias)[0])
    grad_x, grad_weight, _ = r.dense_backward([1.0, 2.0], x, weight)
    assert grad_x.shape == (3,)
    np.testing.assert_array_equal(grad_weight, np.outer(x, [1.0, 2.0]))
    assert r.mlp_forward(x, [(weight, bias)]).shape == (2,)


def test_no_samples_give_no_rows_and_gradients_of_zero():
    weight = np.ones((3, 2))
    assert r.dense(np.ones((0, 3)), weight).shape == (0, 2)
    _, grad_weight, grad_bias = r.dense_backward(np.ones((0, 2)), np.ones((0, 3)), weight)
    assert not grad_weight.any()
    assert not grad_bias.any()


ONES = np.ones((2, 3))
PAIRS = [(np.ones((3, 4)), np.ones(4)), (np.ones((4, 1)), np.ones(1))]
ROWS = [
    ("dense", (ONES, np.ones((2, 3))), {}, ValueError, r"weight: got shape \(2, 3\), expected \(3"),
    ("dense", (ONES, np.ones(3)), {}, ValueError, r"weight: got shape \(3,\), expected"),
    ("dense", (np.ones((1, 2, 3)), ONES), {}, ValueError, r"x: got shape \(1, 2, 3\), expected"),
    ("dense", (ONES, np.ones((3, 2)), [1.0]), {}, ValueError, r"bias: got shape \(1,\), expected"),
    ("dense", (ONES, "a"), {}, TypeError, "weight: got dtype"),
    (
        "dense_backward",
        (ONES, ONES, np.ones((3, 2))),
        {},
        ValueError,
        r"grad_output: got shape \(2, 3\), expected \(2, 2\) for x of",
    ),
    ("dense_backward", (ONES, ONES, ONES), {}, ValueError, r"weight: got shape \(2, 3\), expected"),
    ("mlp_forward", (ONES, []), {}, ValueError, "parameters: got no layers, expected at least one"),
    ("mlp_forward", (ONES, [np.ones((3, 3))]), {}, TypeError, r"parameters: got \[array"),
    ("mlp_forward", (ONES, PAIRS), {"activation": "gelu"}, ValueError, "activation: got 'gelu'"),
    (
        "mlp_forward",
        (ONES, PAIRS[1:]),
        {},
        ValueError,
        r"parameters\[0\]\[0\]: got shape \(4, 1\), expected \(3, J\), as 3 numbers come",
    ),
    (
        "mlp_forward",
        (ONES, [(PAIRS[0][0], np.ones(3))]),
        {},
        ValueError,
        r"parameters\[0\]\[1\]: got shape \(3,\), expected \(4,\)",
    ),
    ("mlp_forward", (ONES[None], PAIRS), {}, ValueError, r"x: got shape \(1, 2, 3\), expected"),
    (
        "mlp_backward",
        (ONES, ONES, PAIRS),
        {},
        ValueError,
        r"grad_output: got shape \(2, 3\), expected \(2, 1\)",
    ),
    ("mlp_backward", (ONES, ONES, []), {}, ValueError, "parameters: got no layers"),
    (
        "linear_regression_cost",
        ([1.0], [1.0, 2.0], [1.0, 2.0]),
        {},
        ValueError,
        r"theta: got shape \(1,\), expected \(2,\)",
    ),
    (
        "linear_regression_cost",
        ([1.0, 2.0], [1.0, 2.0], [1.0]),
        {},
        ValueError,
        r"y: got shape \(1,\), expected \(2,\)",
    ),
    (
        "linear_regression_cost",
        ([1.0, 2.0], [1.0], [1.0]),
        {"reduction": "none"},
        ValueError,
        "reduction: got 'none'",
    ),
    ("linear_regression_cost", ([1.0, 2.0], [], []), {}, ValueError, r"x: got shape \(0,\)"),
    ("normal_equation", ([[[1.0]]], [1.0]), {}, ValueError, r"x: got shape \(1, 1, 1\), expected"),
    ("normal_equation", ([1.0, 2.0], [1.0]), {}, ValueError, r"y: got shape \(1,\), expected"),
    ("normal_equation", ([1.0, np.nan], [1.0, 2.0]), {}, ValueError, "x: got NaN or infinity"),
    ("normal_equation", ([1.0, 2.0], [1.0, np.inf]), {}, ValueError, "y: got NaN or infinity"),
    ("normal_equation", ([2.0, 2.0], [1.0, 2.0]), {}, ValueError, "x: got columns of rank 1, exp"),
    ("normal_equation", (["a"], [1.0]), {}, TypeError, "x: got dtype"),
]


@pytest.mark.parametrize(
    ("name", "arguments", "options", "error", "message"),
    [pytest.param(*row, marks=pytest.mark.bad_input(row[0])) for row in ROWS],
)
def test_bad_input_is_named(name, arguments, options, error, message):
    with pytest.raises(error, match=f"^{message}"):
        getattr(r, name)(*arguments, **options)
