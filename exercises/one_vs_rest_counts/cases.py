"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def _matrix(rng, classes):
    """A random confusion matrix whose larger mistakes all stand below the diagonal.

    So its first and its last class never have as many false positives as false negatives.
    """
    upper = np.triu(rng.integers(1, 5, size=(classes, classes)), 1)
    lower = np.tril(rng.integers(20, 25, size=(classes, classes)), -1)
    right = rng.permutation(np.arange(5, 15))[:classes]
    return upper + lower + np.diag(right)


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""
    yield "two-classes", "counting", {"matrix": _matrix(rng, 2), "k": 1}
    coin = np.full((2, 2), rng.integers(2, 9))
    yield "tossed-coin", "counting", {"matrix": coin, "k": 0}
    yield "first-of-four-classes", "counting", {"matrix": _matrix(rng, 4), "k": 0}
    yield "last-of-four-classes", "counting", {"matrix": _matrix(rng, 4), "k": 3}
    perfect = np.diag(rng.permutation([2, 5, 8]))
    yield "perfect-predictions", "counting", {"matrix": perfect, "k": 1}
    never_occurs = np.array([[5, 1, 2], [0, 0, 0], [3, 2, 4]])
    yield "class-without-a-sample", "counting", {"matrix": never_occurs, "k": 1}
    yield "only-one-class", "counting", {"matrix": np.array([[7]]), "k": 0}

    yield "int32", "types", {"matrix": _matrix(rng, 3).astype(np.int32), "k": 2}
    yield "transposed-view", "types", {"matrix": _matrix(rng, 3).T, "k": 0}
