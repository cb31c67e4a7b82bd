"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def _matrix(rng, classes):
    """A random confusion matrix whose classes differ in size, precision and recall.

    The last class is the largest and the best, the first one is over-predicted: so that the means
    over the classes, their weights and the pooled counts all give different numbers.
    """
    matrix = rng.integers(1, 5, size=(classes, classes))
    matrix[:, 0] += rng.integers(7, 12)
    matrix[-1, -1] += rng.integers(50, 70)
    return matrix


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""
    yield "two-classes", "binary", {"matrix": _matrix(rng, 2)}
    yield "class-1-is-the-worse-one", "binary", {"matrix": _matrix(rng, 2)[::-1, ::-1].copy()}
    yield "perfect", "binary", {"matrix": np.diag(rng.integers(2, 9, size=2))}
    errors = rng.integers(3, 7)
    same = np.array([[rng.integers(10, 20), errors], [errors, rng.integers(2, 9)]])
    yield "as-many-false-positives-as-negatives", "binary", {"matrix": same}

    for average in ("macro", "weighted", "micro"):
        matrix = _matrix(rng, 4)
        yield f"four-classes-{average}", "averages", {"matrix": matrix, "average": average}
    yield "each-of-five-classes", "averages", {"matrix": _matrix(rng, 5), "average": None}
    yield "each-of-two-classes", "averages", {"matrix": _matrix(rng, 2), "average": None}
    yield "two-classes-macro", "averages", {"matrix": _matrix(rng, 2), "average": "macro"}
    # All classes have the same number of targets: the weights change nothing.
    balanced = _matrix(rng, 3)
    balanced[:, 1] += balanced.sum(axis=1).max() - balanced.sum(axis=1)
    yield "classes-of-one-size-weighted", "averages", {"matrix": balanced, "average": "weighted"}

    never_right = np.array([[rng.integers(9, 15), rng.integers(2, 6)], [rng.integers(3, 8), 0]])
    yield "never-right", "undefined", {"matrix": never_right}
    no_positives = np.array([[rng.integers(9, 15), rng.integers(2, 6)], [0, 0]])
    yield "no-positive-target", "undefined", {"matrix": no_positives}
    for average in (None, "macro", "weighted"):
        unseen = _matrix(rng, 3)
        unseen[:, 1] = 0  # nothing was called class 1
        name = f"class-never-predicted-{average or 'each'}"
        yield name, "undefined", {"matrix": unseen, "average": average}
    absent = np.pad(_matrix(rng, 3), ((0, 1), (0, 1)))
    yield "class-without-a-sample-macro", "undefined", {"matrix": absent, "average": "macro"}

    narrow = _matrix(rng, 3).astype(np.int32)
    yield "int32", "types", {"matrix": narrow, "average": "weighted"}
    yield "transposed-view", "types", {"matrix": _matrix(rng, 3).T, "average": "macro"}
