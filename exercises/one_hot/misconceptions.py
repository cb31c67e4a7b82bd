"""Believable mistakes in one-hot rows, and the hint that each one earns."""

import numpy as np


def _classes(labels, num_classes, first_class):
    """Correct: how many classes there are."""
    return int(np.max(labels)) - first_class + 1 if num_classes is None else num_classes


def _rows(places, num_classes):
    """Correct when each place is a column; a place outside the columns raises an IndexError."""
    return np.eye(num_classes)[places]


def first_class_ignored(labels, num_classes=None, first_class=0):
    """Counts the classes from 0, whatever the argument says.

    Your classes always count from 0. In the lecture the cat is number 1 and yet owns the first
    column: look at the argument `first_class`.
    """
    return _rows(labels, _classes(labels, num_classes, 0))


def always_counted_from_one(labels, num_classes=None, first_class=0):
    """Counts the classes from 1, as the lecture does.

    Your classes always count from 1, as in the lecture. Here the argument `first_class` decides,
    and its default is 0. (What does the index -1 mean in NumPy?)
    """
    return _rows(labels.astype(int) - 1, _classes(labels, num_classes, 1))


def width_from_the_largest_label(labels, num_classes=None, first_class=0):
    """Moves the labels to 0, 1, 2, ..., but counts the columns with the label before the move.

    Your ones stand in the right columns, but the rows are too long when the classes do not count
    from 0. How many numbers lie between the first class and the largest label, both included?
    """
    return _rows(labels - first_class, _classes(labels, num_classes, 0))


def one_column_too_few(labels, num_classes=None, first_class=0):
    """Makes as many columns as the largest label says, and forgets that class 0 is one more.

    When you count the classes yourself, the largest label falls outside the row. With the labels
    0, 1 and 2, how many classes are there?
    """
    if num_classes is None:
        num_classes = int(np.max(labels)) - first_class
    return _rows(labels - first_class, num_classes)


def num_classes_ignored(labels, num_classes=None, first_class=0):
    """Counts the classes in the batch even if their number is given.

    You always count the classes of the batch. When `num_classes` is given the rows have that
    length, also if the last classes have no sample today.
    """
    highest = max(labels.ravel(), default=first_class - 1)
    return _rows(labels - first_class, int(highest) - first_class + 1)


def only_classes_that_occur(labels, num_classes=None, first_class=0):
    """Gives a column to each different label, and none to a class without a sample.

    Your columns are the different labels of this batch, so a class without a sample has none, and
    the classes behind it move to the left. Each class keeps its own column in every batch.
    """
    different, places = np.unique(labels, return_inverse=True)
    if num_classes is None:
        num_classes = len(different)
    return _rows(places.reshape(labels.shape), num_classes)


def as_many_classes_as_samples(labels, num_classes=None, first_class=0):
    """Makes a square table.

    Your table is square when you count the classes yourself: it has as many columns as there are
    samples. The labels say how many classes there are, not their number.
    """
    if num_classes is None:
        num_classes = len(labels)
    return _rows(labels - first_class, num_classes)


def every_label_in_every_row(labels, num_classes=None, first_class=0):
    """Sets the columns of all labels to 1, in all the rows.

    Your rows are all alike: `out[:, labels] = 1` sets the columns of all labels in every row. Each
    row is to get its own column; what belongs in the place of the colon?
    """
    out = np.zeros((*labels.shape, _classes(labels, num_classes, first_class)))
    out[..., (labels - first_class).ravel()] = 1
    return out


def classes_in_rows(labels, num_classes=None, first_class=0):
    """Makes a row of each class instead of a column.

    Your table is turned: the classes stand in its rows. The new axis, the one of the classes, is
    the last.
    """
    rows = _rows(labels - first_class, _classes(labels, num_classes, first_class))
    return np.moveaxis(rows, -1, 0)


def label_in_place_of_the_one(labels, num_classes=None, first_class=0):
    """Writes the label itself into its column.

    You write the label into its column, so class 2 would count twice as much as class 1, and class
    0 not at all. What number says "this is the right class"?
    """
    rows = _rows(labels - first_class, _classes(labels, num_classes, first_class))
    return rows * labels[..., np.newaxis]


def rows_in_the_order_of_the_classes(labels, num_classes=None, first_class=0):
    """Sorts the samples by their class.

    Your rows stand in the order of the classes. Row n belongs to sample n, in the order in which
    the labels came.
    """
    places = np.sort(labels, axis=None).reshape(labels.shape) - first_class
    return _rows(places, _classes(labels, num_classes, first_class))
