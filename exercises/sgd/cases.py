"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # All of one sign and at least 0.5 away from zero, so that no sum is near a part of it.
        return (rng.choice([-1, 1]) * rng.uniform(0.5, 4, size=shape)).round(2)

    def setting(param, batches, learning_rate=0.1):
        return {"param": param, "batches": batches, "learning_rate": learning_rate}

    yield "one-batch-of-all", "batches", setting(numbers(2), [numbers(6, 2)])
    yield "batches-of-two", "batches", setting(numbers(2), [numbers(2, 2) for _ in range(3)])
    yield "one-sample-at-a-time", "batches", setting(numbers(2), [numbers(1, 2) for _ in range(4)])
    yield "last-batch-is-smaller", "batches", setting(numbers(3), [numbers(4, 3), numbers(2, 3)])
    yield "batch-without-samples", "batches", setting(numbers(2), [np.zeros((0, 2))])
    same = numbers(2)
    yield "samples-that-agree", "batches", setting(numbers(2), [np.array([same, same, same])])
    yield "samples-that-cancel-out", "batches", setting(numbers(2), [np.array([same, -same])])
    yield "learning-rate-one", "batches", setting(numbers(2), [numbers(3, 2)], learning_rate=1.0)
    yield "one-weight", "types", setting(numbers(1), [numbers(3, 1), numbers(2, 1)])
    yield "matrix-of-weights", "types", setting(numbers(2, 3), [numbers(4, 2, 3)], 0.05)
    yield (
        "float32",
        "types",
        setting(numbers(3).astype(np.float32), [numbers(4, 3).astype(np.float32)]),
    )
    yield (
        "not-contiguous-in-memory",
        "types",
        setting(numbers(2, 4)[:, ::2], [np.asfortranarray(numbers(3, 2, 2))]),
    )
