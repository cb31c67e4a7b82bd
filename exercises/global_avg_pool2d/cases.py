"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other: no mean is the largest number of its map or near
        # zero, so the same mistakes show whatever the seed.
        return rng.choice(np.arange(1, 200), size=shape, replace=False) / 10

    yield "wide-maps", "sizes", {"x": numbers(1, 1, 2, 6)}
    yield "tall-maps", "sizes", {"x": numbers(1, 1, 5, 2)}
    yield "odd-height-and-width", "sizes", {"x": numbers(1, 2, 3, 5)}
    yield "one-row", "sizes", {"x": numbers(1, 1, 1, 4)}
    yield "maps-of-one-number", "sizes", {"x": numbers(2, 3, 1, 1)}
    yield "one-number-in-all", "sizes", {"x": numbers(1, 1, 1, 1)}
    # As many channels as rows and columns: a mean along the wrong axes has the right shape here.
    yield "as-many-channels-as-rows-and-columns", "sizes", {"x": numbers(1, 3, 3, 3)}
    yield "several-images-of-one-channel", "sizes", {"x": numbers(3, 1, 2, 2)}
    yield "batch-of-two", "sizes", {"x": numbers(2, 3, 4, 4)}

    yield "all-negative", "values", {"x": -numbers(1, 1, 2, 3)}
    signs = np.where(np.arange(8).reshape(1, 2, 2, 2) % 3 == 1, -1, 1)
    yield "mixed-signs", "values", {"x": signs * numbers(1, 2, 2, 2)}
    yield "after-relu", "values", {"x": np.where(signs > 0, numbers(1, 2, 2, 2), 0)}
    yield "maps-of-zeros", "values", {"x": np.zeros((1, 2, 2, 2))}
    yield "maps-of-one-colour", "values", {"x": np.full((1, 2, 3, 4), numbers(1)[0])}

    yield "float32", "types", {"x": numbers(2, 2, 3, 5).astype(np.float32)}
    yield (
        "not-contiguous-in-memory",
        "types",
        {"x": np.asfortranarray(numbers(2, 2, 4, 5))[..., ::2]},
    )
