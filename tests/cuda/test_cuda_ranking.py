"""Areas and curves of the GPU's kernels beside the CPU's."""

import numpy as np
import pytest

import reference
from reference.cpu import ranking as on_host
from reference.cuda import ranking as kernels

RNG = np.random.default_rng(0)
# Scores in order, in ties, all the same, infinite.
SCORES = {
    "distinct": RNG.permutation(45) / 8,
    "ties": RNG.integers(0, 5, 45) / 2,
    "equal": np.full(45, 0.5),
    "infinite": RNG.choice([-np.inf, 0.0, -0.0, 1.0, np.inf], 45),
}
LABELS = RNG.integers(0, 2, 45)


@pytest.fixture(params=SCORES)
def scores(request):
    return SCORES[request.param]


@pytest.fixture(params=[np.float32, np.float64])
def dtype(request):
    return request.param


def test_the_area_is_the_same_number(scores, dtype):
    scores = scores.astype(dtype)
    expected = reference.roc_auc(LABELS, scores)
    assert reference.roc_auc(LABELS, scores, backend="cuda") == expected


def test_average_precision_is_the_same(scores, dtype):
    scores = scores.astype(dtype)
    expected = reference.average_precision(LABELS, scores)
    actual = reference.average_precision(LABELS, scores, backend="cuda")
    assert actual == pytest.approx(expected, rel=1e-14, abs=0)


@pytest.mark.parametrize("labels", [[1], [0], [1, 1, 1], [0, 0]])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_one_class_alone_is_what_it_is_on_the_cpu(labels):
    scores = np.arange(len(labels), dtype=np.float32)
    for function in (reference.roc_auc, reference.average_precision):
        actual = function(labels, scores, backend="cuda")
        assert actual == pytest.approx(function(labels, scores), nan_ok=True, abs=0)


@pytest.mark.parametrize("function", [reference.roc_curve, reference.precision_recall_curve])
def test_curves_are_the_same(function, scores):
    for actual, expected in zip(
        function(LABELS, scores, backend="cuda"), function(LABELS, scores), strict=True
    ):
        assert np.array_equal(actual, expected)


@pytest.mark.parametrize(
    ("labels", "scores", "told"),
    [([0, 2], [0.0, 1.0], "y_true: got 2 at index"), ([0, 1], [0.0, np.nan], "scores: got nan")],
)
def test_samples_without_an_order_are_refused(labels, scores, told):
    with pytest.raises(ValueError, match=told):
        reference.roc_auc(labels, scores, backend="cuda")


def test_a_library_that_looks_like_numpy_sorts_the_same(scores, dtype):
    """As CuPy does where it is."""
    actual = kernels.sort_with(np, LABELS, scores.astype(dtype))
    expected = on_host.sort_by_label(LABELS, scores.astype(dtype))
    for part, same in zip(actual, expected, strict=True):
        assert np.array_equal(part, same)
        assert part.dtype == dtype


@pytest.mark.parametrize(("label", "score"), [(2, 0.0), (-1, 0.0), (0, np.nan)])
def test_a_library_that_looks_like_numpy_refuses_the_same(label, score):
    assert kernels.sort_with(np, np.array([1, label]), np.array([0.5, score])) is None
