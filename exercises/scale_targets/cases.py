"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def one_hot(samples, classes):
        return np.eye(classes)[rng.integers(classes, size=samples)]

    tanh = {"low": -0.99, "high": 0.99}
    yield "one-sample", "range", {"targets": one_hot(1, 4)}
    yield "many-classes", "range", {"targets": one_hot(2, 6)} | tanh
    yield "only-the-low-end-given", "range", {"targets": one_hot(3, 3), "low": -0.99}
    yield "only-the-high-end-given", "range", {"targets": one_hot(3, 3), "high": 0.9}
    yield (
        "range-that-is-not-symmetric",
        "range",
        {"targets": one_hot(2, 3), "low": -0.2, "high": 0.7},
    )
    yield "range-from-0-to-1", "range", {"targets": one_hot(2, 3), "low": 0.0, "high": 1.0}
    yield "several-labels-at-once", "range", {"targets": np.array([[1.0, 0, 1], [0, 1, 1]])} | tanh
    yield "nothing-but-zeros", "range", {"targets": np.zeros((2, 3))}
    yield "nothing-but-ones", "range", {"targets": np.ones((2, 2))} | tanh
    yield "empty-batch", "range", {"targets": np.zeros((0, 3))}

    shares = rng.uniform(0.1, 0.4, size=(2, 3))
    yield "targets-between-0-and-1", "between", {"targets": shares}
    yield "targets-between-0-and-1-for-a-tanh", "between", {"targets": shares.copy()} | tanh
    yield "one-number-per-sample", "between", {"targets": rng.uniform(0.6, 0.9, size=4)}

    yield "float32", "types", {"targets": one_hot(2, 4).astype(np.float32)} | tanh
    yield "integer-targets", "types", {"targets": one_hot(3, 3).astype(np.int64)}
    yield "every-other-column", "types", {"targets": one_hot(3, 5)[:, ::2]}
