"""cross_entropy: the lectures' numbers, the definition, properties, bad input."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reference import cross_entropy, softmax, softmax_cross_entropy
from reference.losses import SMALLEST_PREDICTION

steadily = settings(deadline=None, derandomize=True, max_examples=60)

BME_1 = [[0.1, 0.1, 0.8], [0.3, 0.4, 0.3], [0.3, 0.3, 0.4]]
BME_2 = [[0.3, 0.4, 0.3], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]


def by_definition(predictions, targets, base):
    return [
        math.fsum(
            -target * math.log(prediction) / math.log(base)
            for prediction, target in zip(row, distribution, strict=True)
            if target
        )
        for row, distribution in zip(predictions, targets, strict=True)
    ]


@pytest.mark.lecture("cross_entropy")
@pytest.mark.parametrize(
    ("predictions", "expected"), [(BME_1, 1.3783888522474517), (BME_2, 0.5500866356514519)]
)
def test_bme_takes_the_natural_logarithm_and_the_mean(predictions, expected):
    assert cross_entropy(predictions, np.eye(3)) == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.lecture("cross_entropy")
@pytest.mark.parametrize(
    ("predictions", "printed", "decimals"),
    [
        ([0.20, 0.0, 0.05, 0.72, 0.03], 0.14267, 5),  # ufv-ce-72
        ([0.30, 0.0, 0.05, 0.52, 0.13], 0.284, 3),  # ufv-ce-52
        ([0.60, 0.0, 0.07, 0.30, 0.03], 0.5229, 4),  # ufv-ce-wrong
    ],
)
def test_ufv_takes_base_10_and_meets_zero_predictions(predictions, printed, decimals):
    loss = cross_entropy(predictions, [0, 0, 0, 1, 0], base=10)
    assert abs(loss - printed) <= 0.5 * 10**-decimals


@pytest.mark.definition("cross_entropy")
@steadily
@given(
    arrays(np.float64, (3, 4), elements=st.floats(1e-9, 1)),
    arrays(np.float64, (3, 4), elements=st.floats(0, 1)),
    st.floats(1.5, 20),
)
def test_losses_agree_with_the_definition(predictions, targets, base):
    expected = by_definition(predictions.tolist(), targets.tolist(), base)
    for reduction, reduced in [
        ("none", expected),
        ("sum", math.fsum(expected)),
        ("mean", math.fsum(expected) / 3),
    ]:
        actual = cross_entropy(predictions, targets, base=base, reduction=reduction)
        np.testing.assert_allclose(actual, reduced, rtol=4e-15, atol=1e-300)


@pytest.mark.property("cross_entropy")
@steadily
@given(
    arrays(np.float64, (5, 3), elements=st.floats(0, 1)),
    st.lists(st.integers(0, 2), min_size=5, max_size=5),
)
def test_class_indices_mean_one_hot_targets(predictions, labels):
    for dtype in (np.float32, np.float64):
        by_index = cross_entropy(predictions.astype(dtype), labels, reduction="none")
        by_row = cross_entropy(predictions.astype(dtype), np.eye(3)[labels], reduction="none")
        np.testing.assert_array_equal(by_index, by_row)
        assert by_index.dtype == dtype


def test_long_rows_lose_no_digits():
    row = softmax(np.random.default_rng(0).standard_normal(200_000))
    exact = math.fsum(-p * math.log(p) for p in row.tolist())
    assert cross_entropy(row, row) == pytest.approx(exact, rel=5e-16, abs=0)


@pytest.mark.property("cross_entropy")
@steadily
@given(arrays(np.float64, (4, 3), elements=st.floats(-20, 20)))
def test_no_prediction_beats_the_target_itself(logits):
    target, other = softmax(logits), softmax(logits[::-1])
    least = cross_entropy(target, target, reduction="none")
    assert (cross_entropy(other, target, reduction="none") >= least - 1e-14).all()


@pytest.mark.property("cross_entropy")
def test_another_base_is_another_unit():
    bits = cross_entropy(BME_1, [0, 1, 2], base=2)
    assert bits == pytest.approx(cross_entropy(BME_1, [0, 1, 2]) / math.log(2), rel=1e-15, abs=0)
    assert cross_entropy([0.125, 0.875], 0, base=2) == 3


def test_one_sample_gives_a_number():
    for reduction in ("mean", "sum", "none"):
        for targets in ([0, 1], 1, np.int32(1)):
            loss = cross_entropy([0.5, 0.5], targets, reduction=reduction)
            assert isinstance(loss, np.float64)
            assert loss == math.log(2)


def test_a_perfect_prediction_costs_positive_zero():
    loss = cross_entropy([[1.0, 0.0]], [[1, 0]])
    assert loss == 0
    assert not np.signbit(loss)


@pytest.mark.parametrize(("dtype", "nats"), [(np.float32, 87.33654), (np.float64, 708.3964185)])
def test_a_wrong_certainty_costs_the_log_of_the_smallest_normal_number(dtype, nats):
    smallest = SMALLEST_PREDICTION[np.dtype(dtype)]
    certain = np.array([0.0, 1.0], dtype)
    assert cross_entropy(certain, 0) == dtype(-math.log(smallest))
    assert cross_entropy(certain, [1.0, 0.0]) == pytest.approx(nats)
    subnormal = np.array([smallest / 4, 1.0], dtype)
    assert cross_entropy(subnormal, 0) == cross_entropy(certain, 0)


@pytest.mark.parametrize("targets", [[1, 0], [[0, 1], [1, 0]]])
def test_nan_in_a_row_spoils_its_loss_alone(targets):
    losses = cross_entropy([[np.nan, 0.5], [0.5, 0.5]], targets, reduction="none")
    np.testing.assert_array_equal(losses, [np.nan, math.log(2)])


def test_class_indices_of_many_classes_build_no_one_hot_matrix():
    classes, labels = 100_000, np.arange(8)
    rows = np.full((len(labels), classes), 1 / classes)
    for loss in (cross_entropy, softmax_cross_entropy):
        loss(rows[:1, :2], [0])  # compiled before the memory is counted
        tracemalloc.start()
        assert loss(rows, labels) == pytest.approx(math.log(classes), rel=1e-15)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < rows.nbytes / 2


def test_float64_targets_are_not_rounded_to_float32_predictions():
    predictions = np.array([0.5, 0.25], np.float32)
    loss = cross_entropy(predictions, [0.1, 0.9])
    assert loss.dtype == np.float32
    assert loss == np.float32(0.1 * math.log(2) + 0.9 * math.log(4))


@pytest.mark.parametrize("targets", [np.ones((0, 3)), np.ones(0, int), []])
def test_no_samples_have_no_mean(targets):
    predictions = np.ones((0, 3))
    assert np.isnan(cross_entropy(predictions, targets))
    assert cross_entropy(predictions, targets, reduction="sum") == 0
    assert cross_entropy(predictions, targets, reduction="none").shape == (0,)


ROWS = [[0.5, 0.5], [0.2, 0.8]]


@pytest.mark.bad_input("cross_entropy")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            ([[0.5, 2.5]], [0]),
            ValueError,
            r"predictions: got 2\.5 at index \(0, 1\), expected values",
        ),
        (
            ([[0.5, -1.0]], [0]),
            ValueError,
            r"predictions: .* logits there is softmax_cross_entropy",
        ),
        (([[[0.5]]], [0]), ValueError, r"predictions: got shape \(1, 1, 1\), expected \(N, K\) or"),
        ((np.ones((2, 0)), [0, 0]), ValueError, r"predictions: got shape \(2, 0\), expected"),
        ((0.5, 0), ValueError, r"predictions: got shape \(\), expected"),
        (
            (ROWS, [0, 1, 1]),
            ValueError,
            r"targets: got shape \(3,\), expected \(2, 2\) .* or \(2,\) .* has shape \(2, 2\)",
        ),
        ((ROWS, [[0, 1, 0], [1, 0, 0]]), ValueError, r"targets: got shape \(2, 3\), expected"),
        ((ROWS, [0, 2]), ValueError, r"targets: got 2 at index \(1,\), .* indices from 0 to 1"),
        ((ROWS, [-1, 0]), ValueError, r"targets: got -1 at index \(0,\), .* from 0 to 1"),
        (([0.5, 0.5], 2), ValueError, "targets: got 2, expected class indices from 0 to 1"),
        ((ROWS, [0.0, 1.0]), TypeError, "targets: got dtype float64, expected integer class"),
        ((ROWS, [[0, 2], [1, 0]]), ValueError, r"targets: got 2.0 at index \(0, 1\), expected"),
    ],
)
def test_bad_arrays_are_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        cross_entropy(*arguments)


@pytest.mark.bad_input("cross_entropy")
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"base": 0}, ValueError, r"base: got 0\.0, expected a positive number other than 1"),
        ({"base": 1}, ValueError, r"base: got 1\.0, expected a positive number other than 1"),
        ({"base": math.inf}, ValueError, "base: got inf, expected a finite number"),
        ({"base": "e"}, TypeError, "base: got 'e', expected a number"),
        ({"reduction": "max"}, ValueError, "reduction: got 'max', expected 'mean' or 'sum' or"),
        ({"reduction": None}, ValueError, "reduction: got None, expected 'mean'"),
    ],
)
def test_bad_options_are_named(options, error, message):
    with pytest.raises(error, match=f"^{message}"):
        cross_entropy(ROWS, [0, 1], **options)
