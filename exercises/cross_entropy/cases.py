"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def _probabilities(rng, samples, classes):
    scores = rng.uniform(0.2, 1, size=(samples, classes))
    return scores / scores.sum(axis=1, keepdims=True)


def _one_hot(rng, samples, classes):
    return np.eye(classes)[rng.integers(classes, size=samples)]


def _batch(rng, samples, classes):
    return {
        "predictions": _probabilities(rng, samples, classes),
        "targets": _one_hot(rng, samples, classes),
    }


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs).

    The right class never has the prediction 0: what its infinite loss becomes is a matter of taste.
    """
    yield "batch-of-one", "mean", _batch(rng, 1, 4)
    yield "more-classes-than-samples", "mean", _batch(rng, 2, 5)
    yield "more-samples-than-classes", "mean", _batch(rng, 4, 2)
    one = _batch(rng, 1, 4)
    yield "single-sample-without-a-batch", "mean", {name: rows[0] for name, rows in one.items()}

    yield "base-2", "logarithm", {**_batch(rng, 2, 3), "base": 2}
    perfect = _one_hot(rng, 3, 4)
    yield "perfect-predictions", "logarithm", {"predictions": perfect, "targets": perfect.copy()}
    # In each row the last class has the prediction 0 and is not the right one.
    zeros = np.append(_probabilities(rng, 2, 2), np.zeros((2, 1)), axis=1)
    targets = np.append(_one_hot(rng, 2, 2), np.zeros((2, 1)), axis=1)
    yield "zero-for-a-wrong-class", "logarithm", {"predictions": zeros, "targets": targets}
    tiny = rng.uniform(1e-9, 2e-9)
    yield (
        "almost-zero-for-the-right-class",
        "logarithm",
        {"predictions": np.array([[tiny, 1 - tiny]]), "targets": np.array([[1.0, 0.0]])},
    )

    float32 = {name: rows.astype(np.float32) for name, rows in _batch(rng, 2, 3).items()}
    yield "float32", "types", float32
    # The transpose of a class-by-sample table: the same numbers, in another order in memory.
    columns = {name: np.asfortranarray(rows) for name, rows in _batch(rng, 3, 2).items()}
    yield "column-major", "types", columns
