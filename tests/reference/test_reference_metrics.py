"""confusion_matrix and one_vs_rest_counts: the lecture's numbers, the definition, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import confusion_matrix, one_vs_rest_counts

steadily = settings(deadline=None, derandomize=True, max_examples=60)
samples = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=50)

BME = np.array([[15, 3, 8], [4, 23, 1], [9, 2, 19]])


@pytest.mark.lecture("confusion_matrix")
def test_bme_confusion_is_recovered_from_its_samples():
    pairs = [(t, p) for t in range(3) for p in range(3) for _ in range(BME[t, p])]
    y_true, y_pred = np.random.default_rng(0).permutation(pairs).T
    actual = confusion_matrix(y_true, y_pred)
    np.testing.assert_array_equal(actual, BME)
    assert actual.dtype == np.int64


@pytest.mark.lecture("one_vs_rest_counts")
@pytest.mark.parametrize(
    ("k", "expected"), [(0, (15, 13, 11, 45)), (1, (23, 5, 5, 51)), (2, (19, 9, 11, 45))]
)
def test_bme_one_class_against_the_rest(k, expected):
    actual = one_vs_rest_counts(BME, k)
    assert actual == expected
    assert all(type(count) is int for count in actual)


@pytest.mark.definition("confusion_matrix")
@steadily
@given(samples)
def test_entries_count_the_pairs(pairs):
    y_true, y_pred = zip(*pairs, strict=True)
    actual = confusion_matrix(y_true, y_pred, num_classes=6)
    expected = [[pairs.count((t, p)) for p in range(6)] for t in range(6)]
    np.testing.assert_array_equal(actual, expected)
    largest = max(y_true + y_pred)
    np.testing.assert_array_equal(
        confusion_matrix(y_true, y_pred), actual[: largest + 1, : largest + 1]
    )


@pytest.mark.definition("one_vs_rest_counts")
@steadily
@given(samples, st.integers(0, 5))
def test_one_vs_rest_counts_the_samples_of_the_class(pairs, k):
    y_true, y_pred = zip(*pairs, strict=True)
    expected = (
        sum(t == k and p == k for t, p in pairs),
        sum(t != k and p == k for t, p in pairs),
        sum(t == k and p != k for t, p in pairs),
        sum(t != k and p != k for t, p in pairs),
    )
    assert one_vs_rest_counts(confusion_matrix(y_true, y_pred, num_classes=6), k) == expected


@pytest.mark.property("confusion_matrix")
def test_swapping_the_arguments_transposes_the_matrix():
    y_true, y_pred = np.random.default_rng(1).integers(0, 4, (2, 30))
    swapped = confusion_matrix(y_pred, y_true, num_classes=4)
    np.testing.assert_array_equal(swapped, confusion_matrix(y_true, y_pred, num_classes=4).T)


@pytest.mark.property("one_vs_rest_counts")
@steadily
@given(samples)
def test_every_sample_is_counted_once_for_each_class(pairs):
    """One sample's error is a false positive of one class and a false negative of another."""
    matrix = confusion_matrix(*zip(*pairs, strict=True), num_classes=6)
    counts = np.array([one_vs_rest_counts(matrix, k) for k in range(6)])
    np.testing.assert_array_equal(counts.sum(axis=1), len(pairs))
    tp, fp, fn, _ = counts.sum(axis=0)
    assert tp + fp == tp + fn == len(pairs)
    swapped = np.array([one_vs_rest_counts(matrix.T, k) for k in range(6)])
    np.testing.assert_array_equal(swapped, counts[:, [0, 2, 1, 3]])


@pytest.mark.lecture("one_vs_rest_counts")
def test_proto_imbalance_always_negative_misses_every_positive():
    assert one_vs_rest_counts([[95, 0], [5, 0]], 1) == (0, 0, 5, 95)


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int32, np.uint64])
def test_any_integer_dtype_holds_labels(dtype):
    labels = np.array([0, 1, 1, 0], dtype)
    actual = confusion_matrix(labels, labels[::-1])
    np.testing.assert_array_equal(actual, [[2, 0], [0, 2]])


def test_no_samples_make_a_matrix_of_zeros():
    np.testing.assert_array_equal(confusion_matrix([], [], num_classes=2), np.zeros((2, 2)))


@pytest.mark.bad_input("confusion_matrix")
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([0, 1], [0]), ValueError, r"y_pred: got shape \(1,\), expected \(2,\), the shape of y_t"),
        (([[0]], [[0]]), ValueError, r"y_true: got shape \(1, 1\), expected \(N,\)"),
        (([0, -1], [0, 0]), ValueError, r"y_true: got -1 at index \(1,\), expected class indices"),
        (([0, 1], [0, 3], 3), ValueError, r"y_pred: got 3 at index \(1,\), .* from 0 to 2"),
        (([2**64 - 1], [0]), ValueError, r"y_true: got 18446744073709551615 at index \(0,\)"),
        (([0.0], [0]), TypeError, "y_true: got dtype float64, expected integer class indices"),
        (([0], ["a"]), TypeError, "y_pred: got dtype <U1, expected integer class indices"),
        (([], []), ValueError, "num_classes: got None, expected a number when there are no labels"),
        (([0], [0], 0), ValueError, "num_classes: got 0, expected an integer of at least 1"),
        (([0], [0], 2.0), TypeError, r"num_classes: got 2\.0, expected an integer"),
    ],
)
def test_bad_labels_are_named(arguments, error, message):
    y_true, y_pred, *num_classes = arguments
    options = {"num_classes": num_classes[0]} if num_classes else {}
    with pytest.raises(error, match=f"^{message}"):
        confusion_matrix(y_true, y_pred, **options)


@pytest.mark.bad_input("one_vs_rest_counts")
@pytest.mark.parametrize(
    ("matrix", "k", "error", "message"),
    [
        ([[1, 2, 3]], 0, ValueError, r"matrix: got shape \(1, 3\), expected \(K, K\)"),
        ([1, 2], 0, ValueError, r"matrix: got shape \(2,\), expected \(K, K\)"),
        ([[1.0]], 0, TypeError, "matrix: got dtype float64, expected integer counts"),
        ([[1, -2], [0, 1]], 0, ValueError, r"matrix: got -2 at index \(0, 1\), expected counts of"),
        (BME, 3, ValueError, r"k: got 3, expected 0 to 2 for matrix of shape \(3, 3\)"),
        (BME, -1, ValueError, "k: got -1, expected an integer of at least 0"),
        (BME, 1.0, TypeError, r"k: got 1\.0, expected an integer"),
    ],
)
def test_bad_matrix_or_class_is_named(matrix, k, error, message):
    with pytest.raises(error, match=f"^{message}"):
        one_vs_rest_counts(matrix, k)
