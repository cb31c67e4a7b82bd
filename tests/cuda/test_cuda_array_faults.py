"""What is said of device arrays that cannot be taken."""

from types import SimpleNamespace

import numpy as np
import pytest

import reference
from reference.cuda.arrays import to_device

rng = np.random.default_rng(7)
X = rng.standard_normal((2, 2, 4, 5)).astype(np.float32)
WEIGHT = rng.standard_normal((3, 2, 2, 2)).astype(np.float32)
ROWS = rng.standard_normal((5, 7)).astype(np.float32)
SOFT = rng.random((5, 7)).astype(np.float32)
LABELS = np.array([3, 0, 6, 2, 2])


def test_the_backend_cpu_takes_no_device_array() -> None:
    with pytest.raises(
        TypeError, match=r"^x: got a device array \(DeviceArray\), expected a NumPy"
    ):
        reference.softmax(to_device(ROWS))


def test_two_dtypes_are_an_error_on_the_device() -> None:
    with pytest.raises(TypeError, match="weight: got a device array of float64, expected float32"):
        reference.conv2d(to_device(X), to_device(WEIGHT.astype(np.float64)), backend="cuda")


def test_labels_out_of_range_are_found_on_the_device() -> None:
    labels = to_device(np.array([0, 6, 9, 7, 1]))
    with pytest.raises(ValueError, match=r"targets: got 9 at index \(2,\), expected class indices"):
        reference.softmax_cross_entropy(to_device(ROWS), labels, backend="cuda")
    with pytest.raises(ValueError, match=r"y_pred: got -1 at index \(4,\)"):
        reference.accuracy(
            to_device(LABELS), to_device(LABELS - 3 + [0, 3, 0, 1, 0]), backend="cuda"
        )


def test_labels_other_than_0_and_1_are_found_on_the_device() -> None:
    labels = to_device(np.array([0, 1, 1, 0, 0]))
    with pytest.raises(ValueError, match=r"y_true: got 3 at index \(0,\), expected 0 or 1 for"):
        reference.f1(to_device(LABELS), labels, backend="cuda")
    with pytest.raises(ValueError, match=r"y_pred: got -1 at index \(1,\), expected class indices"):
        reference.f1(labels, to_device(np.array([0, -1, 1, 0, 2])), backend="cuda")


def test_kernels_of_integers_are_refused_before_they_are_flipped() -> None:
    with pytest.raises(TypeError, match=r"^weight: got a device array of int64, expected float32"):
        reference.convolve2d(X, to_device(WEIGHT.astype(np.int64)), backend="cuda")


def test_probabilities_out_of_range_are_found_on_the_device() -> None:
    targets = SOFT.copy()
    targets[1, 3] = 1.5
    with pytest.raises(ValueError, match=r"targets: got 1.5 at index \(1, 3\), expected values in"):
        reference.softmax_cross_entropy(to_device(ROWS), to_device(targets), backend="cuda")


def test_what_cannot_be_read_is_named() -> None:
    broken = SimpleNamespace(__cuda_array_interface__={"version": 3})
    with pytest.raises((TypeError, ValueError), match=r"^x: got SimpleNamespace"):
        reference.relu(broken, backend="cuda")


def test_what_has_no_order_is_found_on_the_device() -> None:
    scores, labels = SOFT[:, 0].copy(), np.array([0, 1, 1, 0, 1])
    with pytest.raises(ValueError, match=r"^y_true: got 2 at index \(0,\), expected class indices"):
        reference.roc_auc(to_device(2 * labels[::-1]), to_device(scores), backend="cuda")
    scores[2] = np.nan
    with pytest.raises(ValueError, match=r"^scores: got nan at index \(2,\), expected numbers"):
        reference.average_precision(to_device(labels), to_device(scores), backend="cuda")
