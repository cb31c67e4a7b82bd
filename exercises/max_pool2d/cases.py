"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other, so every window has one largest number. The sign
        # is for the cases that are about it: the same mistakes show whatever the seed.
        tenths = rng.choice(np.arange(1, 200), size=shape, replace=False)
        return tenths / 10

    def negative(*shape):
        return -numbers(*shape)

    def mixed(*shape):
        # Every second column is negative and farther from zero than any positive number.
        signs = np.where(np.arange(shape[-1]) % 2 == 0, 1, -1)
        return signs * (numbers(*shape) + np.where(signs < 0, 20, 0))

    yield (
        "window-of-one-with-stride",
        "windows",
        {"x": numbers(1, 1, 3, 4), "kernel_size": 1, "stride": 2},
    )
    yield "all-negative", "windows", {"x": negative(1, 1, 2, 4), "kernel_size": 2}
    yield "mixed-signs", "windows", {"x": mixed(1, 1, 4, 4), "kernel_size": 2}
    yield "wide-image", "windows", {"x": numbers(1, 1, 2, 6), "kernel_size": 2}
    yield "tall-image", "windows", {"x": numbers(1, 1, 6, 2), "kernel_size": 2}
    yield (
        "overlapping-windows",
        "windows",
        {"x": numbers(1, 1, 5, 4), "kernel_size": 3, "stride": 1},
    )
    yield "kernel-that-does-not-divide", "windows", {"x": numbers(1, 1, 5, 7), "kernel_size": 2}
    yield (
        "stride-larger-than-kernel",
        "windows",
        {"x": numbers(1, 1, 5, 8), "kernel_size": 2, "stride": 3},
    )
    yield (
        "padding-around-negative-numbers",
        "borders",
        {"x": negative(1, 1, 3, 4), "kernel_size": 3, "stride": 1, "padding": 1},
    )
    yield (
        "padding-with-the-default-stride",
        "borders",
        {"x": numbers(1, 1, 4, 6), "kernel_size": 2, "padding": 1},
    )
    yield (
        "padding-with-stride-that-does-not-divide",
        "borders",
        {"x": negative(1, 2, 4, 7), "kernel_size": 3, "stride": 2, "padding": 1},
    )
    yield "batch-of-two", "types", {"x": numbers(2, 2, 4, 4), "kernel_size": 3, "stride": 1}
    yield (
        "float32",
        "types",
        {"x": numbers(2, 1, 3, 5).astype(np.float32), "kernel_size": 2, "stride": 1},
    )
    yield (
        "not-contiguous-in-memory",
        "types",
        {"x": np.asfortranarray(numbers(1, 2, 8, 5))[:, :, ::2], "kernel_size": 2},
    )
