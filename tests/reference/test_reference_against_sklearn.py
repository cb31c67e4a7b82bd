"""The operations against scikit-learn."""

import numpy as np
import pytest

from reference import confusion_matrix, cross_entropy, one_vs_rest_counts, softmax

metrics = pytest.importorskip("sklearn.metrics")
pytestmark = pytest.mark.peer


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_confusion_matrix(classes):
    y_true, y_pred = np.random.default_rng(classes).integers(0, classes, (2, 500))
    expected = metrics.confusion_matrix(y_true, y_pred, labels=range(classes))
    np.testing.assert_array_equal(
        confusion_matrix(y_true, y_pred, num_classes=classes), expected, strict=True
    )


def test_one_vs_rest_counts():
    y_true, y_pred = np.random.default_rng(0).integers(0, 4, (2, 200))
    matrix = confusion_matrix(y_true, y_pred)
    for k, [[tn, fp], [fn, tp]] in enumerate(metrics.multilabel_confusion_matrix(y_true, y_pred)):
        assert one_vs_rest_counts(matrix, k) == (tp, fp, fn, tn)


def test_cross_entropy_is_log_loss():
    rng = np.random.default_rng(1)
    predictions, labels = softmax(rng.standard_normal((50, 4))), rng.integers(0, 4, 50)
    expected = metrics.log_loss(labels, predictions, labels=range(4))
    assert cross_entropy(predictions, labels) == pytest.approx(expected, rel=1e-14, abs=0)
