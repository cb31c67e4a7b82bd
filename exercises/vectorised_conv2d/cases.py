"""Inputs that the lectures do not give; the oracle answers them, and is timed on the large ones."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # No number is zero or twice there, so that every mistake shows whatever the seed.
        size = int(np.prod(shape))
        hundredths = rng.permutation(np.arange(1, size + 1)).reshape(shape)
        return rng.choice([-1, 1], size=shape) * hundredths / size

    yield "wide-image", "values", {"x": numbers(1, 1, 3, 5), "weight": numbers(1, 1, 2, 2)}
    yield (
        "every-argument",
        "values",
        {
            "x": numbers(2, 3, 7, 6),
            "weight": numbers(4, 3, 2, 3),
            "bias": numbers(4),
            "stride": 2,
            "padding": 1,
            "dilation": 2,
        },
    )
    yield (
        "float32",
        "values",
        {
            "x": numbers(2, 2, 5, 5).astype(np.float32),
            "weight": numbers(3, 2, 3, 3).astype(np.float32),
        },
    )
    yield (
        "images-of-64-by-64",
        "speed",
        {"x": numbers(4, 2, 64, 64), "weight": numbers(8, 2, 3, 3), "padding": 1},
    )
    yield (
        "images-of-96-by-96",
        "speed",
        {"x": numbers(2, 2, 96, 96), "weight": numbers(8, 2, 3, 3), "padding": 1},
    )
