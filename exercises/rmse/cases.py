"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def pair(*shape, scale=1.0):
        # Errors of both signs: every second row, or number, is off by much more than the others.
        places = np.arange(np.prod(shape)).reshape(shape)
        signs = np.where(places % 3 == 1, -1, 1)
        large = np.where(np.arange(shape[0]) % 2 == 1, 4, 1).reshape(-1, *[1] * (len(shape) - 1))
        targets = rng.uniform(-5, 5, size=shape).round(2)
        errors = signs * large * rng.uniform(1.5, 3, size=shape).round(2)
        return {"predictions": scale * (targets + errors), "targets": scale * targets}

    yield "errors-of-both-signs", "errors", pair(5)
    too_high = pair(4)
    too_high["predictions"] = too_high["targets"] + rng.uniform(2, 4)
    yield "always-too-high-by-the-same", "errors", too_high
    perfect = pair(4)["targets"]
    yield "perfect-predictions", "errors", {"predictions": perfect.copy(), "targets": perfect}
    yield "errors-below-one", "errors", pair(5, scale=0.01)
    yield "large-numbers", "errors", pair(5, scale=1000)
    opposite = pair(4)
    distance = rng.uniform(2, 4)
    opposite["predictions"] = opposite["targets"] + distance * np.array([1, -1, -1, 1])
    yield "errors-that-cancel", "errors", opposite

    yield "one-element", "shapes", pair(1)
    yield "one-row", "shapes", pair(1, 4)
    yield "one-column", "shapes", pair(4, 1)
    yield "table", "shapes", pair(3, 2)
    yield "small-images", "shapes", pair(2, 2, 3)

    float32 = {name: array.astype(np.float32) for name, array in pair(4, 3).items()}
    yield "float32", "types", float32
    integers = pair(5)
    integers["targets"] = integers["targets"].round().astype(np.int64)
    yield "integer-targets", "types", integers
    columns = {name: np.asfortranarray(array)[:, ::2] for name, array in pair(3, 5).items()}
    yield "not-contiguous-in-memory", "types", columns
