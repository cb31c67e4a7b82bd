"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other, so that every mistake shows whatever the seed:
        # no kernel equals itself reversed, no sum is 0. Tenths are easy to read in a message.
        return rng.choice(np.arange(1, 200), size=shape, replace=False) / 10

    yield "kernel-of-two", "windows", {"x": numbers(1, 1, 5), "weight": numbers(1, 1, 2)}
    yield (
        "kernel-as-long-as-sequence",
        "windows",
        {"x": numbers(1, 1, 4), "weight": numbers(1, 1, 4)},
    )
    yield "one-number", "windows", {"x": numbers(1, 1, 1), "weight": numbers(1, 1, 1)}
    yield (
        "stride-that-does-not-divide",
        "windows",
        {"x": numbers(1, 1, 8), "weight": numbers(1, 1, 3), "stride": 2},
    )
    yield (
        "stride-larger-than-kernel",
        "windows",
        {"x": numbers(1, 1, 9), "weight": numbers(1, 1, 2), "stride": 3},
    )
    yield (
        "padding-of-two",
        "windows",
        {"x": numbers(1, 1, 4), "weight": numbers(1, 1, 3), "padding": 2},
    )
    yield (
        "padding-with-stride",
        "windows",
        {"x": numbers(1, 1, 6), "weight": numbers(1, 1, 3), "stride": 2, "padding": 1},
    )
    yield (
        "dilation-with-padding",
        "windows",
        {"x": numbers(1, 1, 6), "weight": numbers(1, 1, 3), "padding": 1, "dilation": 2},
    )
    yield (
        "dilation-with-stride",
        "windows",
        {"x": numbers(1, 1, 11), "weight": numbers(1, 1, 3), "stride": 2, "dilation": 3},
    )
    yield "several-channels", "channels", {"x": numbers(1, 3, 5), "weight": numbers(1, 3, 2)}
    yield (
        "several-filters-with-bias",
        "channels",
        {"x": numbers(1, 1, 4), "weight": numbers(3, 1, 2), "bias": numbers(3)},
    )
    yield (
        "kernel-of-one-mixes-channels",
        "channels",
        {"x": numbers(1, 2, 4), "weight": numbers(2, 2, 1), "bias": numbers(2)},
    )
    yield (
        "batch-of-two-with-everything",
        "channels",
        {
            "x": numbers(2, 2, 9),
            "weight": numbers(3, 2, 3),
            "bias": numbers(3),
            "stride": 2,
            "padding": 2,
            "dilation": 2,
        },
    )
    yield (
        "float32",
        "types",
        {
            "x": numbers(2, 2, 5).astype(np.float32),
            "weight": numbers(2, 2, 3).astype(np.float32),
            "bias": numbers(2).astype(np.float32),
        },
    )
    yield (
        "not-contiguous-in-memory",
        "types",
        {"x": numbers(1, 2, 10)[:, :, ::2], "weight": np.asfortranarray(numbers(2, 2, 3))},
    )
