"""Metrics against scikit-learn."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peers import assert_near, assert_same

import reference

metrics = pytest.importorskip("sklearn.metrics")

steadily = settings(deadline=None, derandomize=True, max_examples=60)
seeds = st.integers(0, 2**32 - 1)
AVERAGES = ("macro", "micro", "weighted", None)


def named(*names):
    """Parametrize over operations, each marked as compared."""
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=pytest.mark.library(name)) for name in names]
    )


def quietly(function, *arguments, **options):
    """Call without warnings: where a metric is 0/0 both warn, each in its own words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*arguments, **options)


def predictions_of(seed, classes, share=0.5):
    """Return labels that agree in about the given share; the first classes are the commonest."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 60))
    y_true, other = (classes * rng.random((2, size)) ** 2).astype(int)
    return y_true, np.where(rng.random(size) < share, y_true, other)


# Counts


@pytest.mark.library("confusion_matrix")
@steadily
@given(seed=seeds, classes=st.integers(1, 10))
def test_confusion_matrix(seed, classes):
    y_true, y_pred = predictions_of(seed, classes)
    expected = quietly(metrics.confusion_matrix, y_true, y_pred, labels=range(classes))
    actual = reference.confusion_matrix(y_true, y_pred, num_classes=classes)
    assert_same("confusion_matrix", "scikit-learn", actual, expected)


@pytest.mark.library("one_vs_rest_counts")
@steadily
@given(seed=seeds, classes=st.integers(1, 6))
def test_one_vs_rest_counts(seed, classes):
    y_true, y_pred = predictions_of(seed, classes)
    matrix = reference.confusion_matrix(y_true, y_pred, num_classes=classes)
    peer = metrics.multilabel_confusion_matrix(y_true, y_pred, labels=range(classes))
    for k, [[tn, fp], [fn, tp]] in enumerate(peer):
        actual = reference.one_vs_rest_counts(matrix, k)
        expected = np.array([tp, fp, fn, tn], int)
        assert_same("one_vs_rest_counts", "scikit-learn", actual, expected)


# Scores


@pytest.mark.library("accuracy")
@steadily
@given(seed=seeds, classes=st.integers(1, 10))
def test_accuracy(seed, classes):
    samples = predictions_of(seed, classes)
    expected = metrics.accuracy_score(*samples)
    assert_same("accuracy", "scikit-learn", reference.accuracy(*samples), expected)


PEERS = {
    "precision": metrics.precision_score,
    "recall": metrics.recall_score,
    "f1": metrics.f1_score,
}


@named(*PEERS)
@steadily
@given(
    seed=seeds,
    classes=st.integers(1, 6),
    average=st.sampled_from(AVERAGES),
    counted=st.booleans(),
    zero_division=st.sampled_from(["warn", 0.0, 1.0, math.nan]),
)
def test_scores_of_many_classes(name, seed, classes, average, counted, zero_division):
    samples = predictions_of(seed, classes)
    options = {"average": average, "zero_division": zero_division}
    labels = range(classes) if counted else None
    if average is None:  # our class k always stands at k
        labels = range(classes if counted else np.max(samples) + 1)
    expected = quietly(PEERS[name], *samples, labels=labels, **options)
    num_classes = classes if counted else None
    actual = quietly(getattr(reference, name), *samples, num_classes=num_classes, **options)
    assert_near(name, "scikit-learn", actual, expected, units=4)


@named(*PEERS)
@steadily
@given(
    seed=seeds,
    share=st.sampled_from([0.0, 0.5, 1.0]),
    pos_label=st.integers(0, 1),
    zero_division=st.sampled_from(["warn", 0.0, 1.0, math.nan]),
)
def test_scores_of_two_classes(name, seed, share, pos_label, zero_division):
    samples = predictions_of(seed, 2, share)
    options = {"pos_label": pos_label, "zero_division": zero_division}
    expected = quietly(PEERS[name], *samples, **options)
    actual = quietly(getattr(reference, name), *samples, **options)
    assert_near(name, "scikit-learn", float(actual), float(expected), units=0)


# What scikit-learn has under the name of the opposite class: the score of "not k".
OF_THE_REST = {
    "specificity": lambda *samples, **options: metrics.recall_score(*samples, **options),
    "negative_predictive_value": lambda *samples, **o: metrics.precision_score(*samples, **o),
    "false_positive_rate": lambda *samples, **o: 1 - metrics.recall_score(*samples, **o),
}


@named(*OF_THE_REST)
@steadily
@given(
    seed=seeds,
    classes=st.integers(1, 6),
    average=st.sampled_from(["macro", "weighted", None]),
)
def test_scores_of_the_rest(name, seed, classes, average):
    y_true, y_pred = predictions_of(seed, classes)
    score = OF_THE_REST[name]
    scores = np.array(
        [
            score(y_true != k, y_pred != k, zero_division=math.nan)
            for k in range(np.maximum(y_true, y_pred).max() + 1)
        ]
    )
    if average is None:
        expected = scores
    else:
        support = np.bincount(y_true, minlength=len(scores))
        occurs = support + np.bincount(y_pred, minlength=len(scores)) > 0
        weights = support if average == "weighted" else occurs
        chosen = ~np.isnan(scores) & occurs
        if not weights[chosen].any():
            weights = occurs
        total = weights[chosen].sum()
        expected = (scores * weights)[chosen].sum() / total if total else math.nan
    function = getattr(reference, name)
    actual = function(y_true, y_pred, average=average, zero_division=math.nan)
    assert_near(name, "scikit-learn", actual, expected, units=4)


@named(*OF_THE_REST)
@steadily
@given(seed=seeds, classes=st.integers(2, 6))
def test_micro_averages_of_the_rest(name, seed, classes):
    """Every sample as one question for each class: is it "not k", and was it called so?"""
    y_true, y_pred = predictions_of(seed, classes)
    asked = [np.concatenate([labels != k for k in range(classes)]) for labels in (y_true, y_pred)]
    expected = OF_THE_REST[name](*asked, zero_division=0.0)
    function = getattr(reference, name)
    actual = function(y_true, y_pred, average="micro", num_classes=classes, zero_division=0)
    assert_near(name, "scikit-learn", actual, expected, units=4)


# Ranking


@st.composite
def rankings(draw):
    """Return labels of both classes and scores, with ties, in float32, and very unbalanced."""
    rng = np.random.default_rng(draw(seeds))
    size = int(rng.integers(2, 300))
    y_true = (rng.random(size) < draw(st.sampled_from([0.5, 0.1, 0.01, 0.99]))).astype(int)
    y_true[rng.permutation(size)[:2]] = 0, 1
    scores = rng.standard_normal(size) + draw(st.sampled_from([0, 1, 4])) * y_true
    distinct = draw(st.sampled_from(["all", "few", "one"]))
    if distinct != "all":
        scores = np.round(scores) if distinct == "few" else np.zeros(size)
    return y_true, scores.astype(draw(st.sampled_from([np.float32, np.float64])))


@named("roc_auc", "average_precision")
@steadily
@given(ranking=rankings())
def test_numbers_of_a_ranking(name, ranking):
    expected = getattr(metrics, f"{name}_score")(*ranking)
    actual = getattr(reference, name)(*ranking)
    # scikit-learn adds up to 300 rounded terms.
    assert_near(name, "scikit-learn", actual, float(expected), units=32)


@named("roc_curve", "precision_recall_curve")
@steadily
@given(ranking=rankings(), drop_intermediate=st.booleans())
def test_curves_are_the_same_bit_for_bit(name, ranking, drop_intermediate):
    expected = getattr(metrics, name)(*ranking, drop_intermediate=drop_intermediate)
    actual = getattr(reference, name)(*ranking, drop_intermediate=drop_intermediate)
    for one, other in zip(actual, expected, strict=True):
        # scikit-learn's thresholds of a ROC curve are float64 whatever the scores are.
        assert_same(name, "scikit-learn", one.astype(float), other.astype(float))


@pytest.mark.parametrize("label", [0, 1])
@named("roc_curve", "precision_recall_curve")
def test_curves_of_one_class(name, label):
    y_true, scores = np.full(5, label), np.array([0.1, 0.3, 0.3, 0.2, 0.9])
    expected = quietly(getattr(metrics, name), y_true, scores)
    actual = quietly(getattr(reference, name), y_true, scores)
    for one, other in zip(actual, expected, strict=True):
        assert_same(name, "scikit-learn", one, other)


@pytest.mark.library("average_precision")
@pytest.mark.parametrize("label", [0, 1])
def test_average_precision_of_one_class(label):
    y_true, scores = np.full(4, label), np.array([0.1, 0.3, 0.3, 0.2])
    expected = quietly(metrics.average_precision_score, y_true, scores)
    actual = quietly(reference.average_precision, y_true, scores)
    assert_same("average_precision", "scikit-learn", actual, float(expected))


@named("roc_auc", "average_precision")
def test_a_long_ranking_of_few_positives(name):
    rng = np.random.default_rng(0)
    y_true = (rng.random(200_000) < 1e-4).astype(int)
    scores = (rng.standard_normal(200_000) + 2 * y_true).astype(np.float32)
    expected = getattr(metrics, f"{name}_score")(y_true, scores)
    actual = getattr(reference, name)(y_true, scores)
    assert_near(name, "scikit-learn", actual, float(expected), units=64)
