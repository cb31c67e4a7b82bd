"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs).

    No certain prediction is wrong: what its infinite loss becomes is a matter of taste.
    """

    def answers(*shape):
        # Two answers of three are "yes", and predictions are neither sure nor near one half.
        targets = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 1, 0.0, 1.0)
        low, high = rng.uniform(0.1, 0.3, size=shape), rng.uniform(0.6, 0.9, size=shape)
        return {"predictions": np.where(rng.random(shape) < 0.5, low, high), "targets": targets}

    yield "one-prediction", "mean", answers(1)
    yield "five-predictions", "mean", answers(5)
    yield "several-questions-for-each-sample", "mean", answers(2, 4)
    yield "column-of-predictions", "mean", answers(3, 1)
    yield "undecided", "mean", answers(4) | {"predictions": np.full(4, 0.5)}

    yield "base-2", "logarithm", answers(3) | {"base": 2}
    targets = np.array([1.0, 0.0, 0.0, 1.0, 0.0])
    yield "sure-and-right", "logarithm", {"predictions": targets.copy(), "targets": targets}
    sure_of_some = answers(4)
    sure_of_some["predictions"][:2] = sure_of_some["targets"][:2]
    yield "sure-of-some", "logarithm", sure_of_some
    tiny = rng.uniform(1e-9, 2e-9)
    yield (
        "almost-zero-for-a-yes",
        "logarithm",
        {"predictions": np.array([tiny, 0.5]), "targets": np.array([1.0, 0.0])},
    )
    yield (
        "almost-one-for-a-no",
        "logarithm",
        {"predictions": np.array([1 - tiny, 0.5]), "targets": np.array([0.0, 1.0])},
    )
    soft = rng.uniform(0.6, 0.9, size=4)
    yield "targets-between-0-and-1", "logarithm", answers(4) | {"targets": soft}

    float32 = {name: array.astype(np.float32) for name, array in answers(2, 3).items()}
    yield "float32", "types", float32
    integers = answers(5)
    integers["targets"] = integers["targets"].astype(np.int64)
    yield "integer-targets", "types", integers
    every_other = {name: array[:, ::2] for name, array in answers(3, 5).items()}
    yield "every-other-column", "types", every_other
