"""Confusion matrices and accuracy of the GPU's kernels beside the CPU's."""

import numpy as np
import pytest

import reference
from reference.cuda import metrics as kernels

RNG = np.random.default_rng(0)


def both(function, *arguments, **options):
    return [function(*arguments, backend=backend, **options) for backend in ("cuda", "cpu")]


@pytest.mark.parametrize("classes", [1, 2, 5, 13, 30])
def test_confusion_matrices_are_the_same_with_one_table_or_with_many(classes):
    """Of 2 classes 32 copies of the table, of 5 a few, of 13 two, of 30 none."""
    labels = RNG.integers(0, classes, (2, 150))
    actual, expected = both(reference.confusion_matrix, *labels, num_classes=classes)
    assert actual.dtype == np.int64
    assert np.array_equal(actual, expected)


def test_every_way_of_counting_is_taken():
    assert kernels.SHAPES[0][1] >= 4 * kernels.LANES
    rooms = [room for _, room, _ in kernels.SHAPES]
    if kernels.IS_SIMULATED:
        assert rooms[0] < 13**2 <= rooms[1] < 30**2


def test_one_pair_again_and_again_is_counted_each_time():
    (matrix,) = both(reference.confusion_matrix, np.full(200, 3), np.full(200, 1))[:1]
    assert matrix[3, 1] == matrix.sum() == 200


@pytest.mark.parametrize("classes", [3, 30])
@pytest.mark.parametrize("wrong", [-1, 30, 2**40])
def test_a_label_out_of_range_is_refused(classes, wrong):
    bad, labels = np.zeros((2, 5), np.int64)
    bad[4] = wrong
    for pair in ((bad, labels), (labels, bad)):
        with pytest.raises(ValueError, match=f"got {wrong} at index"):
            reference.confusion_matrix(*pair, num_classes=classes, backend="cuda")


@pytest.mark.parametrize("labels", [[], [0, 0], [7, 2, 5], [-(2**63), 2**63 - 1, -2]])
def test_the_largest_label_is_found_and_a_negative_one_is_larger(labels):
    zeros, given = np.zeros(len(labels), np.int64), np.array(labels, np.int64)
    expected = given.astype(np.uint64).max(initial=0)
    assert kernels.confusion_matrix_largest_label(zeros, given) == expected
    assert kernels.confusion_matrix_largest_label(given, zeros) == expected


def test_the_number_of_classes_is_found():
    actual, expected = both(reference.confusion_matrix, RNG.integers(0, 3, 60), np.full(60, 4))
    assert np.array_equal(actual, expected)


def test_no_samples_make_a_matrix_of_zeros():
    assert not reference.confusion_matrix([], [], num_classes=2, backend="cuda").any()


@pytest.mark.parametrize("size", [1, 150])
def test_accuracy_is_the_same(size):
    labels = RNG.integers(0, 3, (2, size))
    actual, expected = both(reference.accuracy, *labels)
    assert actual == expected


def test_accuracy_refuses_a_negative_label_that_was_predicted_as_it_is():
    with pytest.raises(ValueError, match="y_true: got -2 at index"):
        reference.accuracy([0, -2], [0, -2], backend="cuda")


def test_scores_of_classes_are_the_same():
    labels = RNG.integers(0, 4, (2, 30))
    for function in (reference.precision, reference.recall, reference.f1):
        actual, expected = both(function, *labels, average=None)
        assert np.array_equal(actual, expected)
