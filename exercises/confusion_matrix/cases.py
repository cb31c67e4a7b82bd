"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def _samples(counts, rng):
    """Labels whose confusion matrix is `counts`, in random order."""
    y_true, y_pred = np.indices(counts.shape)
    y_true, y_pred = y_true.ravel().repeat(counts.ravel()), y_pred.ravel().repeat(counts.ravel())
    order = rng.permutation(len(y_true))
    return {"y_true": y_true[order], "y_pred": y_pred[order]}


def _counts(rng, classes):
    """Counts in random places: no two kinds of mistake are equally frequent."""
    counts = np.zeros((classes, classes), dtype=int)
    diagonal = np.eye(classes, dtype=bool)
    counts[diagonal] = 1 + rng.permutation(classes)
    counts[~diagonal] = 1 + rng.permutation(classes * (classes - 1))
    return counts


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""
    yield "one-sample", "counting", {"y_true": np.array([0]), "y_pred": np.array([1])}
    yield "every-pair", "counting", _samples(_counts(rng, 3), rng)
    repeated = np.array([[0, 4], [2, 0]])
    yield "always-wrong", "counting", _samples(repeated, rng)

    without_the_last = {**_samples(_counts(rng, 2), rng), "num_classes": 4}
    yield "last-classes-absent", "classes", without_the_last
    gap = np.zeros((4, 4), dtype=int)
    gap[np.ix_([0, 3], [0, 3])] = _counts(rng, 2)
    yield "middle-classes-absent", "classes", _samples(gap, rng)
    never_right = np.array([[1, 1, 1], [2, 0, 1], [0, 0, 0]])
    yield "last-class-only-predicted", "classes", _samples(never_right, rng)
    only_class_0 = np.zeros(3, dtype=int)
    yield "only-class-0", "classes", {"y_true": only_class_0, "y_pred": only_class_0.copy()}

    narrow = _samples(_counts(rng, 2), rng)
    yield "int32", "types", {name: labels.astype(np.int32) for name, labels in narrow.items()}
    # A table of pairs, as read from a file: each column is a view with a step.
    table = np.column_stack(list(_samples(_counts(rng, 3), rng).values()))
    yield "columns-of-a-table", "types", {"y_true": table[:, 0], "y_pred": table[:, 1]}
