"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def _samples(rng, table, names=None):
    """Samples whose confusion matrix is the table, in random order; names are the class numbers."""
    table = np.asarray(table)
    y_true, y_pred = (np.repeat(axis.ravel(), table.ravel()) for axis in np.indices(table.shape))
    order = rng.permutation(len(y_true))
    names = np.arange(len(table)) if names is None else np.asarray(names)
    return {"y_true": names[y_true[order]], "y_pred": names[y_pred[order]]}


def _two_classes(rng):
    """A large class, mostly right, and a small one, mostly wrong."""
    return [[rng.integers(20, 26), rng.integers(1, 3)], [rng.integers(4, 7), rng.integers(1, 3)]]


def _three_classes(rng):
    """Every pair of classes occurs; the first class is the largest and mostly right."""
    table = rng.integers(1, 5, size=(3, 3))
    table[0, 0] = rng.integers(25, 30)
    return table


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""
    yield "one-sample-right", "shares", {"y_true": np.array([2]), "y_pred": np.array([2])}
    yield "one-sample-wrong", "shares", {"y_true": np.array([1]), "y_pred": np.array([2])}
    half = rng.integers(2, 6)
    yield "tossed-coin", "shares", _samples(rng, np.full((2, 2), half))
    yield "all-right", "shares", _samples(rng, np.diag(rng.integers(1, 6, size=3)))
    wrong = np.triu(rng.integers(1, 4, size=(3, 3)), 1)
    yield "all-wrong", "shares", _samples(rng, wrong)

    yield "two-classes-of-different-size", "classes", _samples(rng, _two_classes(rng))
    yield "three-classes", "classes", _samples(rng, _three_classes(rng))
    yield "five-classes", "classes", _samples(rng, 1 + rng.permutation(25).reshape(5, 5))
    yield "class-numbers-with-gaps", "classes", _samples(rng, _three_classes(rng), [0, 4, 9])
    never_said = [[rng.integers(5, 9), 0, 2], [3, 0, 1], [1, 0, rng.integers(2, 5)]]
    yield "class-that-is-never-predicted", "classes", _samples(rng, never_said)

    narrow = _samples(rng, _three_classes(rng))
    yield "int32", "types", {name: labels.astype(np.int32) for name, labels in narrow.items()}
    # More samples than an int8 can count.
    bytes_ = _samples(rng, [[140, 10], [rng.integers(5, 9), 2]])
    yield "int8", "types", {name: labels.astype(np.int8) for name, labels in bytes_.items()}
    # A table of pairs, as read from a file: each column is a view with a step.
    columns = np.column_stack(list(_samples(rng, _three_classes(rng)).values()))
    yield "columns-of-a-table", "types", {"y_true": columns[:, 0], "y_pred": columns[:, 1]}
