"""Metrics of many samples, which are counted and sorted in other ways than a few are."""

import numpy as np
import pytest

from reference import accuracy, average_precision, confusion_matrix, f1, roc_auc, roc_curve

LONG = 50_003  # not a multiple of how many samples are counted at once
BETWEEN = 30_001  # a sample that no guess from every n-th one sees


def labels_of(classes, size=LONG):
    """Return targets and predictions in which the first classes are the commonest."""
    rng = np.random.default_rng(classes)
    return (classes * rng.random((2, size)) ** 2).astype(np.int64)


def ranking_of(dtype, step, size=LONG):
    """Return labels and scores that are equal where they round to the same step."""
    rng = np.random.default_rng(size)
    y_true = rng.integers(0, 2, size)
    return y_true, (np.round((rng.standard_normal(size) + y_true) / step) * step).astype(dtype)


@pytest.mark.definition("confusion_matrix")
@pytest.mark.parametrize("classes", [1, 2, 32, 33, 200])
@pytest.mark.parametrize("size", [LONG, 16_383, 16_384, 16_385])
def test_many_samples_are_counted(classes, size):
    y_true, y_pred = labels_of(classes, size)
    expected = np.bincount(y_true * classes + y_pred, minlength=classes**2)
    actual = confusion_matrix(y_true, y_pred, num_classes=classes)
    np.testing.assert_array_equal(actual, expected.reshape(classes, classes), strict=True)


@pytest.mark.parametrize("whose", [0, 1])
@pytest.mark.parametrize("place", [0, BETWEEN, LONG - 1])
def test_a_class_that_occurs_once_has_its_row_and_column(whose, place):
    samples = labels_of(3)
    samples[whose, place] = 7
    actual = confusion_matrix(*samples)
    assert actual.shape == (8, 8)
    np.testing.assert_array_equal(actual, confusion_matrix(*samples, num_classes=8))
    assert actual[7].sum() + actual[:, 7].sum() == 1
    assert actual.sum() == LONG


@pytest.mark.bad_input("confusion_matrix", "accuracy", "f1")
@pytest.mark.parametrize("name", ["y_true", "y_pred"])
@pytest.mark.parametrize("place", [0, BETWEEN, LONG - 1])
def test_a_wrong_label_among_many_is_named(name, place):
    samples = dict(zip(("y_true", "y_pred"), labels_of(2), strict=True))
    samples[name][place] = -1
    message = rf"^{name}: got -1 at index \({place},\), expected class indices from 0"
    for metric in (confusion_matrix, accuracy, f1):
        with pytest.raises(ValueError, match=message):
            metric(**samples)
    samples[name][place] = 2
    message = rf"^{name}: got 2 at index \({place},\), expected 0 or 1 for average='binary'; "
    with pytest.raises(ValueError, match=message):
        f1(**samples)
    message = rf"^{name}: got 2 at index \({place},\), expected class indices from 0 to 1"
    with pytest.raises(ValueError, match=message):
        confusion_matrix(**samples, num_classes=2)


def test_a_label_too_large_for_int64_is_named():
    y_true = np.zeros(LONG, np.uint64)
    y_true[BETWEEN] = 2**63
    for metric in (confusion_matrix, accuracy):
        with pytest.raises(ValueError, match=rf"^y_true: got {2**63} at index \({BETWEEN},\)"):
            metric(y_true, np.zeros(LONG, int))


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint16, np.uint64])
def test_many_labels_of_any_integer_dtype_are_counted(dtype):
    y_true, y_pred = labels_of(2)
    of_dtype = y_true.astype(dtype), y_pred.astype(dtype)
    np.testing.assert_array_equal(confusion_matrix(*of_dtype), confusion_matrix(y_true, y_pred))
    assert accuracy(*of_dtype) == accuracy(y_true, y_pred) == (y_true == y_pred).sum() / LONG


@pytest.mark.definition("roc_auc")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("step", [1e-12, 1e-2, 2.0])
def test_the_area_of_many_counts_the_ordered_pairs(dtype, step):
    y_true, scores = ranking_of(dtype, step)
    positives, negatives = scores[y_true == 1], np.sort(scores[y_true == 0])
    below = np.searchsorted(negatives, positives, "left").sum()
    not_above = np.searchsorted(negatives, positives, "right").sum()
    pairs = positives.size * negatives.size
    assert roc_auc(y_true, scores) == (int(below) + int(not_above)) / (2 * pairs)


@pytest.mark.definition("average_precision", "roc_curve")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("step", [1e-12, 1e-2, 2.0])
def test_the_counts_of_many_are_those_at_each_score(dtype, step):
    y_true, scores = ranking_of(dtype, step)
    thresholds = np.unique(scores)[::-1]
    positives, negatives = np.sort(scores[y_true == 1]), np.sort(scores[y_true == 0])
    tps = positives.size - np.searchsorted(positives, thresholds)
    fps = negatives.size - np.searchsorted(negatives, thresholds)
    fpr, tpr, actual = roc_curve(y_true, scores, drop_intermediate=False)
    np.testing.assert_array_equal(actual[1:], thresholds, strict=True)
    np.testing.assert_array_equal(tpr[1:], tps / positives.size)
    np.testing.assert_array_equal(fpr[1:], fps / negatives.size)
    gained = np.diff(tps, prepend=0) / positives.size
    expected = (gained * tps / (tps + fps)).sum()
    assert average_precision(y_true, scores) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("label", [0, 1])
def test_many_of_one_class_have_one_rate(label):
    _, scores = ranking_of(np.float64, 0.5)
    y_true = np.full(LONG, label)
    with pytest.warns(RuntimeWarning, match=f"because y_true has no {1 - label}"):
        rates = roc_curve(y_true, scores, drop_intermediate=False)[label]
    assert np.all(np.diff(rates) > 0)
    assert rates[-1] == 1


@pytest.mark.bad_input("roc_auc")
@pytest.mark.parametrize("place", [0, BETWEEN, LONG - 1])
def test_a_wrong_sample_among_many_is_named(place):
    y_true, scores = ranking_of(np.float64, 0.5)
    scores[place] = np.nan
    with pytest.raises(ValueError, match=rf"^scores: got nan at index \({place},\)"):
        roc_auc(y_true, scores)
    y_true[place] = 2
    with pytest.raises(ValueError, match=rf"^y_true: got 2 at index \({place},\)"):
        roc_auc(y_true, scores)
