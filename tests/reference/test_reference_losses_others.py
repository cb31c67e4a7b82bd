"""one_hot, the other losses and all gradients: lectures, definition, properties, bad input."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import reference as r

steadily = settings(deadline=None, derandomize=True, max_examples=60)
units = arrays(np.float64, (3, 4), elements=st.floats(1e-6, 1 - 1e-6))
logits = arrays(np.float64, (3, 4), elements=st.floats(-30, 30))
small = arrays(np.float64, (3, 4), elements=st.integers(-64, 64).map(lambda n: n / 8))

BME_1 = [[0.1, 0.1, 0.8], [0.3, 0.4, 0.3], [0.3, 0.3, 0.4]]
BME_2 = [[0.3, 0.4, 0.3], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]
HALF = 0.5


def printed(actual, text):
    """Return whether a number agrees with what a slide prints, to half a unit of its last digit."""
    decimals = len(text.partition(".")[2])
    return abs(float(actual) - float(text)) <= HALF * 10**-decimals + 1e-15


@pytest.mark.lecture("binary_cross_entropy")
@pytest.mark.parametrize(
    ("case", "prediction", "target", "text"),
    [
        ("ufv-bce-0.2", 0.20, 0, "0.09691"),
        ("ufv-bce-0.92", 0.92, 1, "0.03621"),
        ("ufv-bce-0.65", 0.65, 0, "0.45593"),
        ("elte-bce-0.73", 0.73, 1, "0.13667714"),
        ("elte-bce-perfect", 1.0, 1, "0"),
    ],
)
def test_ufv_and_elte_take_base_10(case, prediction, target, text):
    assert printed(r.binary_cross_entropy(prediction, target, base=10), text)


@pytest.mark.lecture("mse")
def test_bme_sums_over_the_classes_and_averages_over_the_samples():
    rows = r.mse(BME_1, np.eye(3), reduction="none").sum(1)
    for row, text in zip(rows, ("1.46", "0.54", "0.54"), strict=True):
        assert printed(row, text)
    assert printed(r.mse(BME_1, np.eye(3), reduction="per_sample"), "0.847")
    rows = r.mse(BME_2, np.eye(3), reduction="none").sum(1)
    for row, text in zip(rows, ("0.74", "0.06", "0.06"), strict=True):
        assert printed(row, text)
    # bme-ce-2 prints 0.286, truncated
    assert r.mse(BME_2, np.eye(3), reduction="per_sample") == pytest.approx(0.28666666666666657)
    assert r.mse(BME_1, np.eye(3)) == pytest.approx(0.8466666666666667 / 3)


@pytest.mark.lecture("rmse")
def test_rmse_is_the_formula_of_the_lecture_on_the_input_of_bme_ce_1():
    """sqrt(mean((y - yhat)^2)), the nine squares add up to 2.54"""
    assert r.rmse(BME_1, np.eye(3)) == pytest.approx(math.sqrt(2.54 / 9), rel=1e-15)


@pytest.mark.lecture("one_hot")
def test_elte_counts_classes_from_1():
    for label, row in {1: [1, 0, 0], 2: [0, 1, 0], 3: [0, 0, 1]}.items():  # cat, dog, horse
        assert r.one_hot(label, 3, first_class=1).tolist() == row


@pytest.mark.lecture("softmax_cross_entropy")
def test_cross_entropy_of_elte_softmax_correct_from_its_logits():
    """ELTE's logits 4, 2, 8 give 0.02, 0.00, 0.98; the right class is the third."""
    assert r.softmax_cross_entropy([4, 2, 8], 2) == pytest.approx(-math.log(0.97962921), abs=1e-8)


@pytest.mark.lecture("softmax_cross_entropy_backward")
def test_gradient_of_elte_softmax_correct_is_softmax_minus_target():
    grad = r.softmax_cross_entropy_backward([4, 2, 8], 2)
    np.testing.assert_allclose(grad, [0.01794253, 0.00242826, 0.97962921 - 1], atol=1e-8)


@pytest.mark.lecture("cross_entropy_backward")
def test_gradient_of_bme_ce_1_worked_by_hand():
    """-(1/3) / p at the right class: 0.1, 0.4, 0.4"""
    expected = np.diag([-1 / 0.3, -1 / 1.2, -1 / 1.2])
    np.testing.assert_allclose(r.cross_entropy_backward(BME_1, np.eye(3)), expected, rtol=1e-15)


@pytest.mark.lecture("binary_cross_entropy_backward")
def test_gradient_of_ufv_bce_worked_by_hand():
    """1 / (1 - 0.2) / ln 10 for target 0, -1 / 0.92 / ln 10 for target 1"""
    grad = r.binary_cross_entropy_backward([0.2, 0.92], [0, 1], base=10, reduction="sum")
    np.testing.assert_allclose(grad, np.array([1.25, -1 / 0.92]) / math.log(10), rtol=1e-15)


@pytest.mark.lecture("mse_backward")
def test_ncu_takes_twice_the_difference():
    """dA2 = 2 (A2 - y), on three weights of the lecture's table"""
    grad = r.mse_backward([70.0, 85.0, 80.0], [70.0, 80.0, 85.0], reduction="sum")
    assert grad.tolist() == [0, 10, -10]


@pytest.mark.lecture("rmse_backward")
def test_gradient_of_the_lectures_rmse_worked_by_hand():
    """(3, 4) away: rmse = sqrt(25 / 2); the gradient is 3 and 4 over 2 * rmse"""
    expected = np.array([3.0, 4.0]) / (2 * math.sqrt(12.5))
    np.testing.assert_allclose(r.rmse_backward([3.0, 4.0], [0.0, 0.0]), expected, rtol=1e-15)


def reduced(losses, reduction, count):
    return {
        "none": losses,
        "sum": math.fsum(np.ravel(losses)),
        "mean": math.fsum(np.ravel(losses)) / count,
    }[reduction]


reductions = pytest.mark.parametrize("reduction", ["none", "sum", "mean"])


@reductions
@pytest.mark.definition("binary_cross_entropy")
@steadily
@given(p=units, t=units, base=st.floats(1.5, 20))
def test_binary_cross_entropy_agrees_with_the_definition(p, t, base, reduction):
    def loss(p, t):
        return math.fsum([-t * math.log(p), -(1 - t) * math.log1p(-p)]) / math.log(base)

    losses = np.vectorize(loss)(p, t)
    actual = r.binary_cross_entropy(p, t, base=base, reduction=reduction)
    np.testing.assert_allclose(actual, reduced(losses, reduction, 12), rtol=4e-15)


@reductions
@pytest.mark.definition("softmax_cross_entropy")
@steadily
@given(x=logits, t=units)
def test_softmax_cross_entropy_agrees_with_the_definition(x, t, reduction):
    def loss(x, t):
        x, t = x.astype(np.longdouble), t.astype(np.longdouble)
        return float(np.sum(t * (np.log(np.sum(np.exp(x - x.max()))) + x.max() - x)))

    losses = [loss(row, target) for row, target in zip(x, t, strict=True)]
    actual = r.softmax_cross_entropy(x, t, reduction=reduction)
    np.testing.assert_allclose(actual, reduced(losses, reduction, 3), rtol=4e-15, atol=1e-15)


@pytest.mark.definition("mse", "rmse", "mse_backward", "rmse_backward")
@steadily
@given(p=small, t=small)
def test_squared_errors_agree_with_exact_fractions(p, t):
    differences = [Fraction(float(d)) for d in np.ravel(p - t)]
    total = sum(d * d for d in differences)
    for reduction, count in (("mean", 12), ("sum", 1), ("per_sample", 3)):
        assert r.mse(p, t, reduction=reduction) == pytest.approx(float(total / count), rel=1e-15)
        grad = r.mse_backward(p, t, reduction=reduction)
        exact = [float(2 * d / count) for d in differences]
        np.testing.assert_allclose(grad.ravel(), exact, rtol=1e-15)
    root = math.sqrt(total / 12)
    assert r.rmse(p, t) == pytest.approx(root, rel=1e-15)
    exact = [float(d) / (12 * root) if root else 0.0 for d in differences]
    np.testing.assert_allclose(r.rmse_backward(p, t).ravel(), exact, rtol=1e-14)


@pytest.mark.definition("cross_entropy_backward", "binary_cross_entropy_backward")
@steadily
@given(p=units, t=units, base=st.floats(1.5, 20))
def test_gradients_of_probabilities_agree_with_exact_fractions(p, t, base):
    def slopes(p, t):
        p, t = Fraction(float(p)), Fraction(float(t))
        return float(-t / p), float((1 - t) / (1 - p) - t / p)

    one, both = (np.array(each) for each in np.vectorize(slopes)(p, t))
    actual = r.cross_entropy_backward(p, t, base=base, reduction="sum")
    np.testing.assert_allclose(actual, one / math.log(base), rtol=1e-14)
    actual = r.binary_cross_entropy_backward(p, t, base=base, reduction="sum")
    scale = np.maximum(np.abs(both), t / p) / math.log(base)
    assert (np.abs(actual - both / math.log(base)) <= 1e-14 * scale).all()


@pytest.mark.definition("softmax_cross_entropy_backward")
@steadily
@given(x=logits, t=units)
def test_gradient_of_logits_agrees_with_the_definition(x, t):
    wide = x.astype(np.longdouble)
    weights = np.exp(wide - wide.max(1, keepdims=True))
    expected = weights / weights.sum(1, keepdims=True) * t.sum(1, keepdims=True) - t
    actual = r.softmax_cross_entropy_backward(x, t, reduction="sum")
    np.testing.assert_allclose(actual, expected.astype(float), rtol=0, atol=4e-15)


@pytest.mark.definition("one_hot")
@steadily
@given(st.lists(st.integers(0, 5), min_size=1, max_size=9), st.integers(-3, 3))
def test_one_hot_agrees_with_the_definition(labels, first):
    expected = [[float(label == k) for k in range(6)] for label in labels]
    shifted = np.array(labels) + first
    assert r.one_hot(shifted, 6, first_class=first).tolist() == expected


@pytest.mark.property("one_hot")
def test_one_hot_keeps_any_shape_and_sums_to_one():
    labels = np.arange(12).reshape(3, 4) % 5
    out = r.one_hot(labels)
    assert out.shape == (3, 4, 5)
    assert (out.sum(-1) == 1).all()
    assert (out.argmax(-1) == labels).all()
    assert r.one_hot(np.zeros((0, 2), int), 3).shape == (0, 2, 3)


@pytest.mark.property("one_hot")
def test_narrow_integers_count_from_any_class():
    for dtype in (np.int8, np.uint8, np.uint64, np.int64):
        labels = np.array([100, 0], dtype)
        out = r.one_hot(labels, 201, first_class=-100)  # 200 is no int8, -100 no uint8
        assert out.argmax(-1).tolist() == [200, 100]
        np.testing.assert_array_equal(out, r.one_hot(labels, first_class=-100))


@pytest.mark.property("binary_cross_entropy")
@steadily
@given(p=units, t=units)
def test_yes_and_no_are_alike(p, t):
    p = np.round(p * 64) / 64  # so that 1 - p is exact
    t = np.round(t * 64) / 64
    other = r.binary_cross_entropy(1 - p, 1 - t, reduction="none")
    loss = r.binary_cross_entropy(p, t, reduction="none")
    np.testing.assert_allclose(loss, other, rtol=1e-14)


@pytest.mark.property("softmax_cross_entropy")
@steadily
@given(x=logits, shift=st.integers(-600, 600))
def test_a_constant_added_to_the_logits_changes_nothing(x, shift):
    x = np.round(x * 8) / 8
    labels = [0, 3, 1]
    expected = r.softmax_cross_entropy(x, labels, reduction="none")
    np.testing.assert_array_equal(
        r.softmax_cross_entropy(x + shift, labels, reduction="none"), expected
    )
    by_row = r.softmax_cross_entropy(x, r.one_hot(labels, 4), reduction="none")
    np.testing.assert_allclose(by_row, expected, rtol=1e-15)


@pytest.mark.property("softmax_cross_entropy_backward")
@steadily
@given(x=logits)
def test_each_row_of_the_gradient_sums_to_zero(x):
    grad = r.softmax_cross_entropy_backward(x, [0, 3, 1], reduction="none")
    assert (np.abs(grad.sum(1)) <= 1e-15).all()
    by_row = r.softmax_cross_entropy_backward(x, r.one_hot([0, 3, 1], 4), reduction="none")
    np.testing.assert_allclose(grad, by_row, rtol=1e-14, atol=1e-300)


@pytest.mark.property("mse", "rmse")
@steadily
@given(p=small, t=small)
def test_squared_errors_see_only_distances(p, t):
    assert r.mse(p, t) == r.mse(t, p) == r.mse(p + 2, t + 2)
    assert r.rmse(4 * p, 4 * t) == pytest.approx(4 * r.rmse(p, t), rel=1e-15)
    assert r.mse(p, p) == r.rmse(p, p) == 0


def test_a_sure_and_right_prediction_keeps_its_gradient():
    grad = r.softmax_cross_entropy_backward([60.0, 0.0], 0)
    np.testing.assert_allclose(grad, [-math.exp(-60), math.exp(-60)], rtol=1e-14)


def test_soft_targets_beside_a_sure_prediction_keep_their_gradient():
    """The largest gets (1e-17 + 1) * p - 1, of which 1 must not swallow 1e-17."""
    grad = r.softmax_cross_entropy_backward([60.0, 0.0], [1.0, 1e-17])
    missing = 1e-17 - math.exp(-60)
    np.testing.assert_allclose(grad, [missing, -missing], rtol=1e-14)


def test_gradients_of_long_rows_sum_to_zero():
    logits, other = np.random.default_rng(0).standard_normal((2, 200_000))
    assert abs(math.fsum(r.softmax_cross_entropy_backward(logits, r.softmax(other)))) < 1e-15


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_wrong_certainty_costs_a_finite_loss_and_has_no_slope(dtype):
    certain, wrong = np.array([0.0, 1.0], dtype), np.array([1.0, 0.0])
    largest = -math.log(np.finfo(dtype).tiny)
    losses = r.binary_cross_entropy(certain, wrong, reduction="none")
    np.testing.assert_allclose(losses, largest, rtol=1e-6)
    assert r.binary_cross_entropy_backward(certain, wrong).tolist() == [0, 0]
    assert r.cross_entropy_backward(certain, wrong).tolist() == [0, 0]


def test_a_right_certainty_costs_nothing():
    losses = r.binary_cross_entropy([0.0, 1.0], [0, 1], reduction="none")
    assert losses.tolist() == [0, 0]
    assert not np.signbit(losses).any()
    assert r.binary_cross_entropy_backward([0.0, 1.0], [0, 1]).tolist() == [0.5, -0.5]
    assert r.cross_entropy_backward([0.0, 1.0], [0, 1]).tolist() == [0, -1]


def test_a_class_without_probability_costs_nothing_unless_it_is_the_target():
    assert r.softmax_cross_entropy([0.0, -np.inf], [1.0, 0.0]) == 0
    assert r.softmax_cross_entropy([0.0, -np.inf], 1) == np.inf


@pytest.mark.parametrize("classes", [3, 9, 5000])  # in a vector, behind it, in another chunk
def test_a_class_without_probability_costs_infinity_wherever_it_stands(classes):
    for place in {0, 1, classes // 2, classes - 1}:
        logits = np.linspace(0, 1, classes)
        logits[place] = -np.inf
        targets = np.full(classes, 1 / classes)
        loss, grad = r.softmax_cross_entropy_with_gradient(logits, targets)
        assert loss == r.softmax_cross_entropy(logits, targets) == np.inf
        assert grad[place] == -1 / classes
        targets[place] = 0
        assert np.isfinite(r.softmax_cross_entropy(logits, targets))


@pytest.mark.parametrize("row", [[np.nan, 0.0], [np.inf, 0.0], [-np.inf, -np.inf]])
def test_a_row_without_probabilities_is_nan(row):
    for targets in ([1.0, 0.0], [0.0, 0.0], 1):
        assert np.isnan(r.softmax_cross_entropy(row, targets))
        assert np.isnan(r.softmax_cross_entropy_backward(row, targets)).all()


def test_nan_passes_through():
    assert np.isnan(r.binary_cross_entropy([np.nan, 0.5], [0, 0]))
    assert np.isnan(r.binary_cross_entropy_backward([np.nan], [0]))
    assert np.isnan(r.cross_entropy_backward([np.nan, 0.5], [0, 1])[0])
    for p in (0.0, 0.5, 1.0):  # of the targets too, also where the prediction is clipped
        np.testing.assert_array_equal(
            r.cross_entropy_backward([p, 0.5], [np.nan, 0.5]), [np.nan, -1.0]
        )
        assert np.isnan(r.binary_cross_entropy_backward(p, np.nan))
    assert np.isnan(r.mse([np.nan, 1.0], [0.0, 0.0]))


def test_of_nothing_there_is_no_mean_and_an_empty_gradient():
    for loss in (r.mse, r.rmse, r.binary_cross_entropy):
        assert np.isnan(loss(np.ones(0), np.ones(0)))
    empty = np.ones((0, 3))
    assert np.isnan(r.softmax_cross_entropy(empty, empty))
    assert r.softmax_cross_entropy_backward(empty, empty).shape == (0, 3)
    assert r.mse_backward(empty, empty).shape == (0, 3)
    assert r.rmse_backward(empty, empty).shape == (0, 3)


def test_grad_output_scales_the_gradient():
    p, t = np.array([[0.25, 0.75], [0.5, 0.5]]), np.eye(2)
    for name in ("cross_entropy", "binary_cross_entropy", "softmax_cross_entropy", "mse", "rmse"):
        backward = getattr(r, f"{name}_backward")
        np.testing.assert_array_equal(backward(p, t, grad_output=-2.0), -2 * backward(p, t))


P, ONE = [[0.5, 0.5], [0.2, 0.8]], [0, 1]
OUTSIDE = r"predictions: got 1\.5 at index \(0,\), expected values in \[0, 1\]"
SHAPE = r"targets: got shape \(3,\), expected"
BAD = {
    "binary_cross_entropy": [
        (([1.5], [1]), {}, ValueError, OUTSIDE),
        (([0.5], [2]), {}, ValueError, r"targets: got 2\.0 at index \(0,\)"),
        (([0.5, 0.5], [1, 0, 1]), {}, ValueError, SHAPE),
        (([0.5], [1]), {"base": 1}, ValueError, r"base: got 1\.0, expected a positive"),
        (([0.5], [1]), {"reduction": "max"}, ValueError, "reduction: got 'max', expected 'mean'"),
        ((["a"], [1]), {}, TypeError, "predictions: got dtype"),
    ],
    "softmax_cross_entropy": [
        ((5.0, 0), {}, ValueError, r"logits: got shape \(\), expected"),
        ((np.ones((2, 0)), ONE), {}, ValueError, r"logits: got shape \(2, 0\), expected"),
        ((P, [0, 1, 1]), {}, ValueError, SHAPE),
        ((P, [0, 2]), {}, ValueError, r"targets: got 2 at index \(1,\), .* from 0 to 1"),
        ((P, [0, -1]), {}, ValueError, r"targets: got -1 at index \(1,\)"),
        ((P, [0.0, np.nan]), {}, TypeError, "targets: got dtype float64, expected integer"),
        ((P, [[0, 3], [1, 0]]), {}, ValueError, r"targets: got 3\.0 at index \(0, 1\)"),
        ((P, ONE), {"reduction": "per_sample"}, ValueError, "reduction: got 'per_sample'"),
    ],
    "mse": [
        (([1.0, 2.0], [1, 2, 3]), {}, ValueError, SHAPE),
        (([1.0], [1.0]), {"reduction": "max"}, ValueError, "reduction: got 'max', expected 'mean'"),
        ((1.0, 1.0), {"reduction": "per_sample"}, ValueError, "predictions: got a single number"),
        (([1j], [1.0]), {}, TypeError, "predictions: got dtype complex128"),
    ],
    "rmse": [
        (([1.0, 2.0], [1, 2, 3]), {}, ValueError, SHAPE),
        (([1.0], ["x"]), {}, TypeError, "targets: got dtype"),
    ],
}
GRAD = {"grad_output": [1.0, 2.0]}
BAD_GRADIENTS = {
    "cross_entropy": [
        (([[1.5, 0.0]], [0]), {}, ValueError, r"predictions: got 1\.5 at index \(0, 0\)"),
        ((P, [0, 2]), {}, ValueError, "targets: got 2 at index"),
        ((P, ONE), GRAD, ValueError, r"grad_output: got shape \(2,\), expected a number"),
        (
            (P, ONE),
            {"grad_output": [1.0] * 3, "reduction": "none"},
            ValueError,
            r"grad_output: got shape \(3,\), expected \(2,\), the shape of the losses",
        ),
        ((P, ONE), {"grad_output": "one"}, TypeError, "grad_output: got dtype"),
    ],
    "binary_cross_entropy": [
        *BAD["binary_cross_entropy"],
        (([0.5, 0.5], [1, 0]), GRAD, ValueError, r"grad_output: got shape \(2,\), expected a num"),
    ],
    "softmax_cross_entropy": [
        *BAD["softmax_cross_entropy"],
        ((P, ONE), GRAD, ValueError, r"grad_output: got shape \(2,\), expected a number"),
    ],
    "mse": [
        *BAD["mse"],
        (([1.0, 2.0], [1, 2]), GRAD, ValueError, r"grad_output: got shape \(2,\), expected \(\)"),
    ],
    "rmse": [
        *BAD["rmse"],
        (([1.0, 2.0], [1, 2]), GRAD, ValueError, r"grad_output: got shape \(2,\), expected \(\)"),
    ],
}
ROWS = [(name, *row) for name, rows in BAD.items() for row in rows]
ROWS += [(f"{name}_backward", *row) for name, rows in BAD_GRADIENTS.items() for row in rows]
ROWS += [
    ("one_hot", ([0, 3],), {"num_classes": 3}, ValueError, r"labels: got 3 at index \(1,\)"),
    ("one_hot", ([0, 1],), {"first_class": 1}, ValueError, r"labels: got 0 at index \(0,\), exp"),
    (
        "one_hot",
        ([1, 4],),
        {"num_classes": 3, "first_class": 1},
        ValueError,
        r"labels: got 4 at index \(1,\), expected class indices from 1 to 3",
    ),
    ("one_hot", ([0],), {"first_class": 0.5}, TypeError, "first_class: got 0.5, expected an int"),
    ("one_hot", ([-1],), {}, ValueError, r"labels: got -1 at index \(0,\)"),
    ("one_hot", ([0.5],), {}, TypeError, "labels: got dtype float64, expected integer"),
    ("one_hot", ([np.nan],), {}, TypeError, "labels: got dtype float64, expected integer"),
    ("one_hot", ([],), {}, ValueError, "num_classes: got None, expected a number when"),
    ("one_hot", ([0],), {"num_classes": 0}, ValueError, "num_classes: got 0, expected an integer"),
]


@pytest.mark.parametrize(
    ("name", "arguments", "options", "error", "message"),
    [pytest.param(*row, marks=pytest.mark.bad_input(row[0])) for row in ROWS],
)
def test_bad_input_is_named(name, arguments, options, error, message):
    with pytest.raises(error, match=f"^{message}"):
        getattr(r, name)(*arguments, **options)
