"""accuracy, precision, recall and their kin: lectures, definition, properties, bad input."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from reference import (
    accuracy,
    f1,
    false_positive_rate,
    negative_predictive_value,
    precision,
    recall,
    specificity,
)

steadily = settings(deadline=None, derandomize=True, max_examples=60)
RATIOS = {
    "precision": precision,
    "recall": recall,
    "specificity": specificity,
    "negative_predictive_value": negative_predictive_value,
    "false_positive_rate": false_positive_rate,
    "f1": f1,
}
AVERAGES = ("macro", "micro", "weighted", None)
nan = math.nan

samples = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)
binary_samples = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=12)
values = st.sampled_from([0, 1, nan])


def each(way, names=tuple(RATIOS)):
    """Parametrize over the scores called so, each marked as a proof of its name."""
    mark = getattr(pytest.mark, way)
    return pytest.mark.parametrize("name", [pytest.param(name, marks=mark(name)) for name in names])


def near(expected):
    return pytest.approx(expected, rel=4e-16, abs=0, nan_ok=True)


def unzip(pairs):
    y_true, y_pred = zip(*pairs, strict=True)
    return y_true, y_pred


def repeat(matrix):
    """Return targets and predictions with this confusion matrix."""
    pairs = [(t, p) for t, row in enumerate(matrix) for p, n in enumerate(row) for _ in range(n)]
    return unzip(pairs)


# The lectures

BME = repeat([[15, 3, 8], [4, 23, 1], [9, 2, 19]])
PROTO = [0] * 95 + [1] * 5, [0] * 100


@pytest.mark.lecture("accuracy")
def test_bme_confusion_accuracy_is_the_trace():
    assert accuracy(*BME) == (15 + 23 + 19) / 84 == near(0.6785714285714286)


@pytest.mark.lecture("accuracy")
@pytest.mark.parametrize(
    "predictions",
    [
        [[0.1, 0.1, 0.8], [0.3, 0.4, 0.3], [0.3, 0.3, 0.4]],
        [[0.3, 0.4, 0.3], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]],
    ],
    ids=["bme-ce-1", "bme-ce-2"],
)
def test_bme_classifiers_have_the_printed_accuracy(predictions):
    """The slides print 0.6: 2/3, truncated."""
    actual = accuracy([0, 1, 2], np.argmax(predictions, axis=1))
    assert actual == 2 / 3
    assert math.floor(actual * 10) / 10 == 0.6


@each("lecture", ("precision", "recall", "f1"))
def test_bme_confusion_scores_and_their_averages(name):
    expected = {
        "precision": [0.5357142857142857, 0.8214285714285714, 0.6785714285714286],
        "recall": [0.5769230769230769, 0.8214285714285714, 0.6333333333333333],
        "f1": [0.5555555555555556, 0.8214285714285714, 0.6551724137931034],
    }
    macro = {
        "precision": 0.6785714285714285,
        "recall": 0.6772283272283272,
        "f1": 0.6773855135924102,
    }
    weighted = {
        "precision": 0.6819727891156463,
        "recall": 0.6785714285714286,
        "f1": 0.679757343550447,
    }
    score = RATIOS[name]
    np.testing.assert_array_equal(score(*BME, average=None), expected[name])
    assert score(*BME, average="macro") == near(macro[name])
    assert score(*BME, average="weighted") == near(weighted[name])
    assert score(*BME, average="micro") == near(0.6785714285714286)


@pytest.mark.lecture("specificity", "negative_predictive_value", "false_positive_rate")
def test_bme_formulas_on_rocket_against_the_rest_worked_by_hand():
    """tp 15, fp 13, fn 11, tn 45 (the slide prints 42); the slide divides FP by FP + FN."""
    assert specificity(*BME, average=None)[0] == 45 / (45 + 13)
    assert negative_predictive_value(*BME, average=None)[0] == 45 / (45 + 11)
    assert false_positive_rate(*BME, average=None)[0] == 13 / (13 + 45)


@pytest.mark.lecture("accuracy", *RATIOS)
def test_proto_imbalance_always_negative_is_accurate_and_finds_nothing():
    assert accuracy(*PROTO) == 0.95
    assert recall(*PROTO) == f1(*PROTO) == false_positive_rate(*PROTO) == 0
    assert specificity(*PROTO) == 1
    assert negative_predictive_value(*PROTO) == 0.95
    with pytest.warns(RuntimeWarning, match=r"^precision of class 1 is 0/0"):
        assert precision(*PROTO) == 0


# The definition: which samples are meant, and how many of them are right


def part_and_whole(name, pairs, k):
    of_target = [p == k for t, p in pairs if t == k]
    of_prediction = [t == k for t, p in pairs if p == k]
    of_others = [p == k for t, p in pairs if t != k]
    of_other_predictions = [t == k for t, p in pairs if p != k]
    return {
        "precision": (sum(of_prediction), len(of_prediction)),
        "recall": (sum(of_target), len(of_target)),
        "specificity": (of_others.count(False), len(of_others)),
        "negative_predictive_value": (of_other_predictions.count(False), len(of_other_predictions)),
        "false_positive_rate": (of_others.count(True), len(of_others)),
    }[name]


def ratio_of(name, pairs, classes):
    """Return the ratio of the counts of the classes together, None for 0/0."""
    if name == "f1":
        p, r = (ratio_of(part, pairs, classes) for part in ("precision", "recall"))
        if p is None and r is None:
            return None
        return 2 * p * r / (p + r) if p and r else Fraction(0)
    part, whole = map(sum, zip(*(part_and_whole(name, pairs, k) for k in classes), strict=True))
    return Fraction(part, whole) if whole else None


def averaged(name, pairs, average, num_classes, zero_division):
    classes = range(num_classes) if num_classes else sorted({k for pair in pairs for k in pair})
    if average == "micro":
        ratio = ratio_of(name, pairs, classes)
        return zero_division if ratio is None else float(ratio)
    scores, weights = [], []
    for k in classes:
        ratio = ratio_of(name, pairs, [k])
        if ratio is not None or not math.isnan(zero_division):
            scores.append(zero_division if ratio is None else ratio)
            weights.append(1 if average == "macro" else sum(t == k for t, _ in pairs))
    if not any(weights):
        weights = [1] * len(scores)
    products = [Fraction(s) * w for s, w in zip(scores, weights, strict=True)]
    return float(sum(products) / sum(weights)) if scores else nan


@each("definition")
@steadily
@given(
    pairs=samples,
    average=st.sampled_from(["macro", "micro", "weighted"]),
    num_classes=st.sampled_from([None, 5, 6]),
    zero_division=values,
)
def test_averages_follow_the_definition(name, pairs, average, num_classes, zero_division):
    options = {"average": average, "num_classes": num_classes, "zero_division": zero_division}
    actual = RATIOS[name](*unzip(pairs), **options)
    assert type(actual) is float
    assert actual == near(averaged(name, pairs, average, num_classes, zero_division))


@each("definition")
@steadily
@given(pairs=samples, zero_division=values)
def test_the_scores_of_the_classes_follow_the_definition(name, pairs, zero_division):
    actual = RATIOS[name](*unzip(pairs), average=None, zero_division=zero_division)
    ratios = [ratio_of(name, pairs, [k]) for k in range(max(map(max, pairs)) + 1)]
    expected = [zero_division if ratio is None else float(ratio) for ratio in ratios]
    np.testing.assert_array_equal(actual, np.array(expected, float), strict=True)


@each("definition")
@steadily
@given(pairs=binary_samples, pos_label=st.integers(0, 1), zero_division=values)
def test_the_binary_score_is_that_of_one_class(name, pairs, pos_label, zero_division):
    actual = RATIOS[name](*unzip(pairs), pos_label=pos_label, zero_division=zero_division)
    ratio = ratio_of(name, pairs, [pos_label])
    assert type(actual) is float
    assert actual == near(zero_division if ratio is None else float(ratio))


@pytest.mark.definition("accuracy")
@steadily
@given(samples)
def test_accuracy_is_the_share_of_the_right_ones(pairs):
    actual = accuracy(*unzip(pairs))
    assert type(actual) is float
    assert actual == float(Fraction(sum(t == p for t, p in pairs), len(pairs)))


# Properties


@pytest.mark.property(*RATIOS)
@steadily
@given(samples, st.sampled_from([None, "macro", "weighted"]))
def test_scores_are_each_others_mirror_images(pairs, average):
    y_true, y_pred = unzip(pairs)
    options = {"average": None, "num_classes": 5, "zero_division": nan}

    def same(one, other):
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-15)

    same(precision(y_true, y_pred, **options), recall(y_pred, y_true, **options))
    same(f1(y_true, y_pred, **options), f1(y_pred, y_true, **options))
    same(specificity(y_true, y_pred, **options), 1 - false_positive_rate(y_true, y_pred, **options))
    same(
        specificity(y_true, y_pred, **options), negative_predictive_value(y_pred, y_true, **options)
    )


@pytest.mark.property(*RATIOS)
@steadily
@given(binary_samples)
def test_the_other_class_of_two_is_the_complement(pairs):
    y_true, y_pred = unzip(pairs)
    zero = {"pos_label": 0, "zero_division": nan}
    one = {"pos_label": 1, "zero_division": nan}
    assert specificity(y_true, y_pred, **one) == near(recall(y_true, y_pred, **zero))
    assert negative_predictive_value(y_true, y_pred, **one) == near(
        precision(y_true, y_pred, **zero)
    )
    assert false_positive_rate(y_true, y_pred, **one) == near(
        recall(y_true, 1 - np.array(y_pred), **zero)
    )


@pytest.mark.property("accuracy", "precision", "recall", "f1")
@steadily
@given(samples)
def test_micro_averages_and_weighted_recall_are_the_accuracy(pairs):
    expected = near(accuracy(*unzip(pairs)))
    for score in (precision, recall, f1):
        assert score(*unzip(pairs), average="micro") == expected
    assert recall(*unzip(pairs), average="weighted", zero_division=0) == expected


@each("property")
@steadily
@given(pairs=samples, order=st.permutations(range(5)))
def test_new_numbers_for_the_classes_only_reorder_their_scores(name, pairs, order):
    y_true, y_pred = (np.array(labels) for labels in unzip(pairs))
    renumber = np.array(order)
    options = {"average": None, "num_classes": 5, "zero_division": 0}
    expected = RATIOS[name](y_true, y_pred, **options)
    actual = RATIOS[name](renumber[y_true], renumber[y_pred], **options)
    np.testing.assert_array_equal(actual[renumber], expected)


@pytest.mark.property("accuracy")
@steadily
@given(samples)
def test_accuracy_does_not_ask_who_is_the_target(pairs):
    y_true, y_pred = unzip(pairs)
    assert accuracy(y_true, y_pred) == accuracy(y_pred, y_true)
    assert accuracy(y_true, y_true) == 1


@pytest.mark.property("accuracy")
def test_accuracy_needs_no_memory_for_large_labels():
    assert accuracy([10**15, 3], [10**15, 4]) == 0.5


@each("property", ("precision", "recall"))
@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint64])
def test_any_integer_dtype_holds_labels(name, dtype):
    labels = np.array([0, 1, 1, 0], dtype)
    assert RATIOS[name](labels, labels[::-1]) == 1
    assert RATIOS[name](labels, ~labels.astype(bool)) == 0


@pytest.mark.property("precision", "recall")
def test_macro_averages_leave_out_classes_that_do_not_occur_unless_they_are_counted():
    y_true, y_pred = [0, 2], [0, 2]
    for score in (precision, recall):
        assert score(y_true, y_pred, average="macro") == 1
        counted = score(y_true, y_pred, average="macro", num_classes=4, zero_division=0)
        assert counted == 0.5
        np.testing.assert_array_equal(
            score(y_true, y_pred, average=None, zero_division=nan), [1, nan, 1]
        )


# 0/0

UNDEFINED = [
    ("precision", [0, 1], [0, 0], {}, r"class 1 .* nothing was predicted so \(tp \+ fp = 0\)"),
    ("recall", [0, 0], [0, 1], {}, r"class 1 .* no target is so \(tp \+ fn = 0\)"),
    ("f1", [0, 0], [0, 0], {}, r"class 1 .* no target and no prediction is so"),
    ("specificity", [1, 1], [0, 1], {}, r"class 1 .* no target is otherwise \(tn \+ fp = 0\)"),
    ("false_positive_rate", [0], [0], {"pos_label": 0}, r"class 0 .* \(fp \+ tn = 0\)"),
    ("negative_predictive_value", [0, 1], [1, 1], {}, r"class 1 .* \(tn \+ fn = 0\)"),
    ("precision", [0, 1, 2, 3], [0, 0, 2, 2], {"average": None}, "classes 1, 3 is"),
    ("precision", [0, 1, 2, 3], [0, 0, 2, 2], {"average": "macro"}, "classes 1, 3 is"),
    ("recall", [0, 4], [4, 4], {"average": "macro", "num_classes": 6}, "classes 1, 2, 3, 5 is"),
    ("specificity", [2, 2], [2, 2], {"average": "micro"}, "all classes together is"),
]


@pytest.mark.parametrize(("name", "y_true", "y_pred", "options", "message"), UNDEFINED)
def test_zero_by_zero_is_zero_with_a_warning_at_the_caller(name, y_true, y_pred, options, message):
    with pytest.warns(RuntimeWarning, match=f"^{name} of {message}") as caught:
        warned = RATIOS[name](y_true, y_pred, **options)
    assert [warning.filename for warning in caught] == [__file__]
    silent = RATIOS[name](y_true, y_pred, zero_division=0, **options)
    np.testing.assert_array_equal(warned, silent)


@pytest.mark.parametrize("value", [0, 1, 0.0, 1.0, nan, np.float32(1), np.int64(0)])
@pytest.mark.parametrize(("name", "y_true", "y_pred", "options", "_"), UNDEFINED)
def test_a_chosen_value_is_taken_without_a_warning(name, y_true, y_pred, options, _, value):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        actual = RATIOS[name](y_true, y_pred, zero_division=value, **options)
    if len(np.unique([y_true, y_pred])) <= 2 and options.get("average", "binary") == "binary":
        np.testing.assert_equal(actual, float(value))


def test_the_weighted_average_of_classes_without_targets_is_their_mean():
    """The only target's class has no precision; the class predicted in its place has 0."""
    assert precision([0], [1], average="weighted", zero_division=nan) == 0
    assert math.isnan(specificity([1], [1], average="weighted", zero_division=nan))


# Bad input

LABELS = [
    (([0, 1], [0]), ValueError, r"y_pred: got shape \(1,\), expected \(2,\), the shape of y_true"),
    (([[0]], [[0]]), ValueError, r"y_true: got shape \(1, 1\), expected \(N,\)"),
    ((0, 0), ValueError, r"y_true: got shape \(\), expected \(N,\)"),
    (([], []), ValueError, r"y_true: got shape \(0,\), expected \(N,\) with N at least 1"),
    (([0, -1], [0, 0]), ValueError, r"y_true: got -1 at index \(1,\), expected class indices"),
    (([0, 1], [0, -3]), ValueError, r"y_pred: got -3 at index \(1,\), expected class indices"),
    (([0.0, 1.0], [0, 1]), TypeError, "y_true: got dtype float64, expected integer class indices"),
    (([0, 1], [0, nan]), TypeError, "y_pred: got dtype float64, expected integer class indices"),
    (([0, 1], ["0", "1"]), TypeError, "y_pred: got dtype <U1, expected integer class indices"),
    (([0, 1], [[0], [1, 0]]), ValueError, "y_pred: got list that is no array"),
]
OPTIONS = [
    ({"average": "samples"}, ValueError, "average: got 'samples', expected 'binary', 'macro', 'mi"),
    ({"average": 1}, ValueError, "average: got 1, expected 'binary', 'macro', 'micro', 'weigh"),
    ({"pos_label": 2}, ValueError, "pos_label: got 2, expected 0 or 1"),
    ({"pos_label": "yes"}, TypeError, "pos_label: got 'yes', expected an integer"),
    ({"pos_label": 0, "average": "macro"}, ValueError, "pos_label: got 0, expected the default 1 "),
    ({"num_classes": 3}, ValueError, "num_classes: got 3, expected 2 or None for average='binary'"),
    ({"num_classes": 0}, ValueError, "num_classes: got 0, expected an integer of at least 1"),
    ({"num_classes": 2.0}, TypeError, r"num_classes: got 2\.0, expected an integer"),
    (
        {"num_classes": 1, "average": None},
        ValueError,
        r"y_true: got 1 at index \(1,\), expected cl",
    ),
    ({"zero_division": 0.5}, ValueError, r"zero_division: got 0\.5, expected 'warn', 0, 1 or nan"),
    ({"zero_division": "no"}, ValueError, "zero_division: got 'no', expected 'warn', 0, 1 or nan"),
    ({"zero_division": True}, ValueError, "zero_division: got True, expected 'warn', 0, 1 or nan"),
    ({"zero_division": None}, ValueError, "zero_division: got None, expected 'warn', 0, 1 or nan"),
    ({"backend": "gpu"}, ValueError, "backend: got 'gpu', expected 'cpu'"),
]


@each("bad_input", ("accuracy", *RATIOS))
@pytest.mark.parametrize(("labels", "error", "message"), LABELS)
def test_bad_labels_are_named(name, labels, error, message):
    with pytest.raises(error, match=f"^{message}"):
        getattr(reference, name)(*labels)


@each("bad_input")
@pytest.mark.parametrize("average", AVERAGES)
def test_no_samples_are_no_classes_whatever_the_average(name, average):
    with pytest.raises(ValueError, match=r"^y_true: got shape \(0,\), .* N at least 1"):
        RATIOS[name]([], [], average=average, num_classes=2)


@each("bad_input")
@pytest.mark.parametrize(("options", "error", "message"), OPTIONS)
def test_bad_options_are_named(name, options, error, message):
    with pytest.raises(error, match=f"^{message}"):
        RATIOS[name]([0, 1], [1, 1], **options)


@each("bad_input")
@pytest.mark.parametrize(
    ("y_true", "y_pred", "where"),
    [([0, 2], [0, 1], "y_true: got 2"), ([0, 1], [0, 10**12], "y_pred: got 1000000000000")],
)
def test_more_than_two_classes_ask_for_an_average(name, y_true, y_pred, where):
    message = rf"^{where} at index \(1,\), expected 0 or 1 .* choose average='macro', 'micro'"
    with pytest.raises(ValueError, match=message):
        RATIOS[name](y_true, y_pred)


@pytest.mark.bad_input("accuracy")
def test_unknown_backend_of_accuracy_is_named():
    with pytest.raises(ValueError, match=r"^backend: got 'gpu', expected 'cpu'"):
        accuracy([0], [0], backend="gpu")
