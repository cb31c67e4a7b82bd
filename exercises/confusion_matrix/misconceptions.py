"""Believable mistakes in the confusion matrix, and the hint that each one earns."""

import numpy as np


def _class_count(y_true, y_pred, num_classes=None):
    return max(y_true.max(), y_pred.max()) + 1 if num_classes is None else num_classes


def _count(rows, columns, num_classes):
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    for row, column in zip(rows, columns, strict=True):
        matrix[row, column] += 1
    return matrix


def transposed(y_true, y_pred, num_classes=None):
    """Puts the predictions in the rows and the targets in the columns.

    Your matrix is transposed: here a row belongs to the class that a sample has, and a column to
    the class that was predicted.
    """
    return _count(y_pred, y_true, _class_count(y_true, y_pred, num_classes))


def classes_counted_from_one(y_true, y_pred, num_classes=None):
    """Takes 1 off every label, so that class 0 ends up in the last row and column.

    Your counts are shifted: some lectures number their classes from 1, but the labels here
    begin at 0, and an index of -1 is the last place of an array.
    """
    return _count(y_true - 1, y_pred - 1, _class_count(y_true, y_pred, num_classes))


def num_classes_ignored(y_true, y_pred, num_classes=None):
    """Sizes the matrix by the largest label, whatever `num_classes` says.

    A class can exist without any sample in this batch. When `num_classes` is given, it decides
    how large the matrix is.
    """
    return _count(y_true, y_pred, _class_count(y_true, y_pred))


def absent_classes_left_out(y_true, y_pred, num_classes=None):
    """Numbers only the classes that occur, so that a missing one has no row.

    You make room for the classes that occur. Without `num_classes` the matrix has a row for
    every class from 0 to the largest label, also for one that no sample has.
    """
    if num_classes is None:
        present = np.unique(np.concatenate([y_true, y_pred]))
        y_true, y_pred = np.searchsorted(present, y_true), np.searchsorted(present, y_pred)
        num_classes = len(present)
    return _count(y_true, y_pred, num_classes)


def classes_of_the_targets_only(y_true, y_pred, num_classes=None):
    """Sizes the matrix by the targets, so that a class that is only predicted does not fit.

    You count the classes in `y_true`. A class may occur in the predictions alone: look at both
    arrays for the largest label.
    """
    return _count(y_true, y_pred, _class_count(y_true, y_true, num_classes))


def repeated_pairs_counted_once(y_true, y_pred, num_classes=None):
    """Adds 1 with an array of indices, which counts a repeated pair once.

    No count of yours is above 1. `matrix[rows, columns] += 1` changes each place once, however
    often the pair occurs: you need something that adds up repeated places.
    """
    num_classes = _class_count(y_true, y_pred, num_classes)
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    matrix[y_true, y_pred] += 1
    return matrix


def rows_normalised(y_true, y_pred, num_classes=None):
    """Divides each row by its sum.

    Your rows hold shares that add to 1. That is a useful picture, but this exercise asks for the
    counts.
    """
    counts = _count(y_true, y_pred, _class_count(y_true, y_pred, num_classes))
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
