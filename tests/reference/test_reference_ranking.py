"""roc_curve, roc_auc, precision_recall_curve, average_precision: lectures, definition, properties.

The scores are floats and the results are ratios of counts, so the dtypes and layouts of the scores
are asked about here and not in the tables of calls.
"""

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from reference import average_precision, precision_recall_curve, roc_auc, roc_curve

steadily = settings(deadline=None, derandomize=True, max_examples=60)
NUMBERS = {"roc_auc": roc_auc, "average_precision": average_precision}
CURVES = {"roc_curve": roc_curve, "precision_recall_curve": precision_recall_curve}
RANKING = NUMBERS | CURVES
inf, nan = math.inf, math.nan


def each(way, names=tuple(RANKING)):
    """Parametrize over the metrics called so, each marked as a proof of its name."""
    mark = getattr(pytest.mark, way)
    return pytest.mark.parametrize("name", [pytest.param(name, marks=mark(name)) for name in names])


def assert_same(actual, expected):
    """Compare two curves, or two numbers, bit for bit."""
    for one, other in zip(leaves(actual), leaves(expected), strict=True):
        np.testing.assert_array_equal(one, other, strict=True)


def leaves(result):
    """Return the arrays of a curve, or the number as one."""
    return [np.asarray(part) for part in (result if isinstance(result, tuple) else [result])]


@st.composite
def rankings(draw):
    """Return labels of both classes and scores, many of them equal, some infinite."""
    y_true = [0, 1, *draw(st.lists(st.integers(0, 1), max_size=12))]
    few = st.sampled_from([-inf, -1.5, -0.0, 0.0, 0.25, 1e-300, 3.0, inf])
    some = few if draw(st.booleans()) else st.floats(allow_nan=False)
    scores = draw(st.lists(some, min_size=len(y_true), max_size=len(y_true)))
    return y_true, scores


# The lecture


NCU_LABELS = (
    "110111001101001010010110110110111010101001110111001001011100110010110000111111100000010111000011"
    "101011101000100001111000101110111110100101000000001001111001010111000000011111010001011000011001"
    "11110110"
)
# In millionths.
NCU_SCORES = """
22868 990242 54654 999964 525044 638556 393508 6645 978952 401429 1938 999913 26220 71066 999744
116942 992979 50793 14526 999688 17538 996616 986545 5945 627083 999022 10214 999233 999456 279
998113 999133 96533 10748 999100 40226 985940 73373 999977 23505 9628 565678 999966 993164
148310 993144 22406 951701 28729 1396 999555 217788 18762 864965 1099 999667 639423 995309 16874
979688 861958 998256 27818 8405 984621 39602 999931 999710 23261 22073 35285 10036 968968 999947
956553 985427 999983 996632 992100 16860 90 24159 201718 77665 18226 991395 10997 998602 999476
999446 32053 66966 99658 59595 839465 1000000 999580 2802 992630 54909 992867 828305 990940
110879 999939 52401 44 284921 999543 1275 66786 19848 967 949064 997526 999656 997985 56701
20268 37121 845595 986057 856943 973861 999851 42710 957118 273437 999474 995502 993960 14808
987235 42573 26769 986283 1924 999997 646 1230 11673 13666 14 20458 108 4299 249672 20592 731954
879345 991075 999999 978870 344 117420 991858 441 995731 11135 928036 999881 843081 2899 170252
2648 101262 995899 5775 29730 999954 999882 999884 999996 999991 7785 998975 51181 202 175569
992772 63673 758950 995651 54765 117300 11458 27216 999660 995832 21415 115604 999929 926145
834194 981634 965355 1 967713 999593 140
"""


def ncu():
    labels = np.array([int(label) for label in NCU_LABELS])
    return labels, np.array(NCU_SCORES.split(), float) / 1e6


@pytest.mark.lecture("roc_auc")
def test_ncu_roc_pr_area_under_the_curve():
    assert roc_auc(*ncu()) == pytest.approx(0.9754779301371234, rel=1e-13)


@pytest.mark.lecture("average_precision")
def test_ncu_roc_pr_average_precision():
    assert average_precision(*ncu()) == pytest.approx(0.9765451743955667, rel=1e-13)


@pytest.mark.lecture("roc_curve", "precision_recall_curve")
def test_ncu_roc_pr_areas_under_the_curves_are_the_numbers():
    fpr, tpr, thresholds = roc_curve(*ncu())
    area = np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)
    assert area == pytest.approx(0.9754779301371234, rel=1e-13)
    assert (thresholds[0], thresholds[1], thresholds[-1]) == (inf, 1.0, 1e-6)
    precision, recall, _ = precision_recall_curve(*ncu())
    area = -np.sum(np.diff(recall) * precision[:-1])
    assert area == pytest.approx(0.9765451743955667, rel=1e-13)


@pytest.mark.lecture("roc_curve", "precision_recall_curve", "roc_auc", "average_precision")
def test_ncu_first_ten_samples_worked_by_hand():
    """The labels in the order of the scores are 1111110010: 7 positives, the last of which is below
    two of the 3 negatives, so that 19 of 21 pairs are in order."""
    y_true, scores = (part[:10] for part in ncu())
    assert y_true.tolist() == [1, 1, 0, 1, 1, 1, 0, 0, 1, 1]
    assert (100 * scores).round().tolist() == [2, 99, 5, 100, 53, 64, 39, 1, 98, 40]
    fpr, tpr, thresholds = roc_curve(y_true, scores, drop_intermediate=False)
    np.testing.assert_array_equal(np.round(7 * tpr, 9), [0, 1, 2, 3, 4, 5, 6, 6, 6, 7, 7])
    np.testing.assert_array_equal(np.round(3 * fpr, 9), [0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 3])
    np.testing.assert_array_equal(thresholds, [inf, *sorted(scores, reverse=True)])
    fpr, tpr, thresholds = roc_curve(y_true, scores)
    np.testing.assert_array_equal(fpr, [0, 0, 0, 2 / 3, 2 / 3, 1])
    np.testing.assert_array_equal(tpr, [0, 1 / 7, 6 / 7, 6 / 7, 1, 1])
    np.testing.assert_array_equal((100 * thresholds[1:]).round(), [100, 40, 5, 2, 1])
    precision, recall, thresholds = precision_recall_curve(y_true, scores)
    ratios = [7 / 10, 7 / 9, 6 / 8, 6 / 7, 1, 1, 1, 1, 1, 1, 1]
    np.testing.assert_array_equal(precision, ratios)
    np.testing.assert_array_equal(recall, np.array([7, 7, 6, 6, 6, 5, 4, 3, 2, 1, 0]) / 7)
    np.testing.assert_array_equal(thresholds, sorted(scores))
    assert roc_auc(y_true, scores) == 19 / 21
    assert average_precision(y_true, scores) == pytest.approx((6 + 7 / 9) / 7, rel=1e-15)


# The definition


def counts_at(y_true, scores, threshold):
    """Return (tp, fp) of the classifier that calls positive what reaches the threshold."""
    called = [label for label, score in zip(y_true, scores, strict=True) if score >= threshold]
    return sum(called), len(called) - sum(called)


@pytest.mark.definition("roc_auc")
@steadily
@given(rankings())
def test_the_area_is_the_chance_that_a_positive_beats_a_negative(ranking):
    pairs = list(zip(*ranking, strict=True))
    positives = [score for label, score in pairs if label == 1]
    negatives = [score for label, score in pairs if label == 0]
    half = sum((p > n) * 2 + (p == n) for p in positives for n in negatives)
    actual = roc_auc(*ranking)
    assert type(actual) is float
    assert actual == float(Fraction(half, 2 * len(positives) * len(negatives)))


@pytest.mark.definition("roc_curve")
@steadily
@given(rankings())
def test_each_point_of_the_roc_curve_is_a_classifier(ranking):
    y_true, scores = ranking
    positives, negatives = sum(y_true), len(y_true) - sum(y_true)
    fpr, tpr, thresholds = roc_curve(y_true, scores, drop_intermediate=False)
    assert thresholds.tolist() == [inf, *sorted(set(scores), reverse=True)]
    points = [(0, 0), *(counts_at(y_true, scores, threshold) for threshold in thresholds[1:])]
    assert tpr.tolist() == [tp / positives for tp, _ in points]
    assert fpr.tolist() == [fp / negatives for _, fp in points]


@pytest.mark.definition("roc_curve")
@steadily
@given(rankings())
def test_dropped_points_lie_in_the_middle_of_their_neighbours(ranking):
    fpr, tpr, thresholds = roc_curve(*ranking, drop_intermediate=False)
    # The points but for the first, (0, 0), in samples; a score of inf has that point's threshold.
    labels = np.array(ranking[0])
    tps, fps = np.rint(tpr[1:] * labels.sum()), np.rint(fpr[1:] * (1 - labels).sum())
    kept = [
        i
        for i in range(len(tps))
        if i in (0, len(tps) - 1)
        or 2 * tps[i] != tps[i - 1] + tps[i + 1]
        or 2 * fps[i] != fps[i - 1] + fps[i + 1]
    ]
    rows = [0, *(i + 1 for i in kept)]
    assert_same(roc_curve(*ranking), (fpr[rows], tpr[rows], thresholds[rows]))


@pytest.mark.definition("precision_recall_curve")
@steadily
@given(rankings())
def test_each_point_of_the_precision_recall_curve_is_a_classifier(ranking):
    y_true, scores = ranking
    precision, recall, thresholds = precision_recall_curve(y_true, scores)
    assert thresholds.tolist() == sorted(set(scores))
    points = [counts_at(y_true, scores, threshold) for threshold in thresholds]
    assert precision.tolist() == [*(tp / (tp + fp) for tp, fp in points), 1.0]
    assert recall.tolist() == [*(tp / sum(y_true) for tp, _ in points), 0.0]


@pytest.mark.definition("precision_recall_curve")
@steadily
@given(rankings())
def test_of_points_with_the_same_recall_the_first_and_the_last_are_kept(ranking):
    precision, recall, thresholds = precision_recall_curve(*ranking)
    points = list(zip(recall[:-1], precision, thresholds, strict=False))
    kept = [
        point
        for i, point in enumerate(points)
        if i in (0, len(points) - 1) or not points[i - 1][0] == point[0] == points[i + 1][0]
    ]
    actual = precision_recall_curve(*ranking, drop_intermediate=True)
    expected = [np.array(column) for column in zip(*kept, strict=True)]
    np.testing.assert_array_equal(actual[1], [*expected[0], 0])
    np.testing.assert_array_equal(actual[0], [*expected[1], 1])
    np.testing.assert_array_equal(actual[2], expected[2])


@pytest.mark.definition("average_precision")
@steadily
@given(rankings())
def test_average_precision_adds_up_the_steps(ranking):
    y_true, scores = ranking
    total, before = Fraction(0), 0
    for threshold in sorted(set(scores), reverse=True):
        tp, fp = counts_at(y_true, scores, threshold)
        total += Fraction(tp - before, sum(y_true)) * Fraction(tp, tp + fp)
        before = tp
    actual = average_precision(y_true, scores)
    assert type(actual) is float
    assert actual == pytest.approx(float(total), rel=4e-16, abs=0)


def test_long_sums_of_precisions_stay_exact():
    """The positives stand at the places 3, 6, 9, ...: the precision is 1/3 at each of them."""
    y_true = np.arange(1, 3_000_001) % 3 == 0
    actual = average_precision(y_true, -np.arange(3_000_000))
    assert actual == pytest.approx(1 / 3, rel=2e-16, abs=0)


# Properties


@each("property", tuple(NUMBERS))
@steadily
@given(rankings())
def test_a_perfect_order_is_one(name, ranking):
    y_true, _ = ranking
    assert NUMBERS[name](y_true, y_true) == 1


@pytest.mark.property("roc_auc")
@steadily
@given(rankings())
def test_the_opposite_order_has_the_area_that_is_left(ranking):
    y_true, scores = np.array(ranking[0]), np.array(ranking[1])
    left = 1 - roc_auc(y_true, scores)
    assert roc_auc(y_true, -scores) == pytest.approx(left, abs=2e-16)
    assert roc_auc(1 - y_true, scores) == pytest.approx(left, abs=2e-16)


@pytest.mark.property("roc_auc", "average_precision")
@steadily
@given(rankings())
def test_equal_scores_say_nothing(ranking):
    y_true, _ = ranking
    constant = [0.7] * len(y_true)
    assert roc_auc(y_true, constant) == 0.5
    assert average_precision(y_true, constant) == pytest.approx(np.mean(y_true), rel=4e-16)


@pytest.mark.property("roc_curve", "roc_auc")
@steadily
@given(rankings(), st.booleans())
def test_the_area_is_that_under_the_roc_curve(ranking, drop_intermediate):
    fpr, tpr, _ = roc_curve(*ranking, drop_intermediate=drop_intermediate)
    assert (np.diff(fpr) >= 0).all()
    assert (np.diff(tpr) >= 0).all()
    assert (fpr[0], tpr[0], fpr[-1], tpr[-1]) == (0, 0, 1, 1)
    area = np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)
    assert roc_auc(*ranking) == pytest.approx(area, abs=1e-15)


@pytest.mark.property("precision_recall_curve", "average_precision")
@steadily
@given(rankings(), st.booleans())
def test_average_precision_is_the_area_under_the_steps(ranking, drop_intermediate):
    curve = precision_recall_curve(*ranking, drop_intermediate=drop_intermediate)
    precision, recall, thresholds = curve
    assert (np.diff(recall) <= 0).all()
    assert (np.diff(thresholds) > 0).all()
    assert (recall[0], precision[-1], recall[-1]) == (1, 1, 0)
    area = -np.sum(np.diff(recall) * precision[:-1])
    assert average_precision(*ranking) == pytest.approx(area, abs=1e-15)


@each("property")
@steadily
@given(rankings())
def test_the_order_of_the_samples_does_not_matter(name, ranking):
    backwards = [part[::-1] for part in ranking]
    assert_same(RANKING[name](*backwards), RANKING[name](*ranking))


# What the tables of calls ask of arrays of floats, for the scores

LABELS = np.array([0, 1, 1, 0, 1, 0, 0, 1])
SCORES = np.array([0.1, 0.9, 0.4, 0.4, 0.3, 0.0, 0.8, 0.7])


def every_other(array):
    wide = np.zeros(2 * array.size, array.dtype)
    wide[::2] = array
    return wide[::2]


def read_only(array):
    frozen = array.copy()
    frozen.flags.writeable = False
    return frozen


def reversed_in_memory(array):
    return array[::-1].copy()[::-1]


def swapped_bytes(array):
    return array.astype(array.dtype.newbyteorder())


def unaligned(array):
    view = np.zeros(array.nbytes + 1, np.uint8)[1:].view(array.dtype)
    view[...] = array
    return view


@pytest.mark.parametrize(
    "layout", [every_other, read_only, reversed_in_memory, swapped_bytes, unaligned]
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@each("property")
def test_memory_layout_of_the_scores_changes_nothing(name, dtype, layout):
    scores = SCORES.astype(dtype)
    laid_out = layout(scores)
    before = laid_out.copy()
    result = RANKING[name](LABELS, laid_out)
    assert_same(result, RANKING[name](LABELS, scores))
    assert not any(np.shares_memory(part, laid_out) for part in leaves(result))
    np.testing.assert_array_equal(laid_out, before)


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_float64_whatever_the_scores_are(name):
    single = SCORES.astype(np.float32)
    assert type(NUMBERS[name](LABELS, single)) is float
    assert NUMBERS[name](LABELS, single) == NUMBERS[name](LABELS, SCORES)


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize(
    ("dtype", "of_thresholds"),
    [(np.float32, np.float32), (np.float64, np.float64), (np.int8, np.float64), (bool, np.float64)],
)
def test_thresholds_have_the_dtype_of_the_scores_and_rates_are_float64(name, dtype, of_thresholds):
    scores = (10 * SCORES).astype(dtype)
    x, y, thresholds = CURVES[name](LABELS, scores)
    assert (x.dtype, y.dtype, thresholds.dtype) == (np.float64, np.float64, of_thresholds)
    assert set(thresholds[np.isfinite(thresholds)]) <= set(scores.astype(float))


@each("property")
def test_booleans_are_labels(name):
    assert_same(RANKING[name](LABELS.astype(bool), SCORES), RANKING[name](LABELS, SCORES))


# One class is missing


def test_one_class_has_no_area():
    for label, missing in ((0, 1), (1, 0)):
        with pytest.warns(RuntimeWarning, match=f"^roc_auc is NaN.* no {missing}$") as caught:
            assert math.isnan(roc_auc([label, label], [0.1, 0.2]))
        assert caught[0].filename == __file__


def test_one_class_has_one_rate():
    with pytest.warns(RuntimeWarning, match=r"^fpr is NaN, because y_true has no 0$") as caught:
        fpr, tpr, thresholds = roc_curve([1, 1], [0.25, 0.5])
    assert [warning.filename for warning in caught] == [__file__]
    assert_same((fpr, tpr, thresholds), ([nan] * 3, [0.0, 0.5, 1], [inf, 0.5, 0.25]))
    with pytest.warns(RuntimeWarning, match=r"^tpr is NaN, because y_true has no 1$"):
        fpr, tpr, thresholds = roc_curve([0, 0], [0.25, 0.5])
    assert_same((fpr, tpr, thresholds), ([0.0, 0.5, 1], [nan] * 3, [inf, 0.5, 0.25]))


def test_without_positives_recall_counts_as_one():
    with pytest.warns(RuntimeWarning, match=r"^recall counts as 1.* no 1$") as caught:
        precision, recall, thresholds = precision_recall_curve([0, 0], [0.25, 0.5])
    assert caught[0].filename == __file__
    assert (precision.tolist(), recall.tolist()) == ([0, 0, 1], [1, 1, 0])
    assert thresholds.tolist() == [0.25, 0.5]
    with pytest.warns(RuntimeWarning, match=r"^average_precision is 0.* no 1$") as caught:
        assert average_precision([0, 0], [0.25, 0.5]) == 0
    assert caught[0].filename == __file__


def test_without_negatives_every_precision_is_one():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert average_precision([1, 1], [0.25, 0.5]) == 1
        assert precision_recall_curve([1, 1], [0.25, 0.5])[0].tolist() == [1, 1, 1]


# Bad input


@each("bad_input")
@pytest.mark.parametrize(
    ("y_true", "scores", "error", "message"),
    [
        ([0, 1], [0.5], ValueError, r"scores: got shape \(1,\), expected \(2,\), the shape of y_t"),
        ([0, 1], [[0.5], [0.5]], ValueError, r"scores: got shape \(2, 1\), expected \(2,\), the"),
        ([[0, 1]], [[0.5, 1]], ValueError, r"y_true: got shape \(1, 2\), expected \(N,\) with N "),
        (1, 0.5, ValueError, r"y_true: got shape \(\), expected \(N,\) with N at least 1"),
        ([], [], ValueError, r"y_true: got shape \(0,\), expected \(N,\) with N at least 1"),
        ([0, 2], [0.1, 0.2], ValueError, r"y_true: got 2 at index \(1,\), .* from 0 to 1"),
        ([-1, 1], [0.1, 0.2], ValueError, r"y_true: got -1 at index \(0,\), .* from 0 to 1"),
        ([0.0, 1.0], [0.1, 0.2], TypeError, "y_true: got dtype float64, expected integer class"),
        ([nan, 1], [0.1, 0.2], TypeError, "y_true: got dtype float64, expected integer class"),
        ([0, 1], [0.1, nan], ValueError, r"scores: got nan at index \(1,\), expected numbers that"),
        ([0, 1], ["a", "b"], TypeError, "scores: got dtype <U1, expected float32, float64, int"),
        ([0, 1], [1j, 0], TypeError, "scores: got dtype complex128, expected float32, float64"),
        ([0, 1], np.zeros(2, np.float16), TypeError, "scores: got dtype float16, expected float32"),
        ([0, 1], np.zeros(2, np.longdouble), TypeError, "scores: got dtype .*, expected float32"),
        ([0, 1], [None, 1], TypeError, "scores: got dtype object, expected float32, float64"),
        ([0, 1], [[0.1], [0.2, 0.3]], ValueError, "scores: got list that is no array"),
    ],
)
def test_bad_samples_are_named(name, y_true, scores, error, message):
    with pytest.raises(error, match=f"^{message}"):
        RANKING[name](y_true, scores)


@each("bad_input")
def test_unknown_backend_is_named(name):
    with pytest.raises(ValueError, match=r"^backend: got 'gpu', expected 'cpu'"):
        getattr(reference, name)(LABELS, SCORES, backend="gpu")
