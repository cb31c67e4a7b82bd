"""Inputs that the lectures do not give; the oracle answers them, and is timed on the large ones."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Different from each other: every window has one largest number, whatever the seed.
        size = int(np.prod(shape))
        return rng.permutation(np.arange(1.0, size + 1)).reshape(shape)

    yield "wide-map", "values", {"x": numbers(1, 1, 2, 6), "kernel_size": 2}
    yield "default-stride", "values", {"x": numbers(2, 3, 6, 7), "kernel_size": 3}
    yield (
        "padding-around-negative-numbers",
        "values",
        {"x": -numbers(1, 2, 4, 5), "kernel_size": 3, "stride": 2, "padding": 1},
    )
    yield (
        "float32",
        "values",
        {"x": numbers(2, 2, 5, 5).astype(np.float32), "kernel_size": 2, "stride": 1},
    )
    yield (
        "windows-of-5-by-5",
        "speed",
        {"x": numbers(2, 8, 64, 64), "kernel_size": 5, "stride": 1},
    )
    yield (
        "windows-of-7-by-7-in-a-border",
        "speed",
        {"x": numbers(2, 8, 56, 56), "kernel_size": 7, "stride": 1, "padding": 3},
    )
