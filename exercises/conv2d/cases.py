"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Different from each other and from zero, so that every mistake shows whatever the seed.
        # Two decimals are easy to read in a message and, unlike the lectures' integers, show an
        # answer that was cut to whole numbers.
        hundredths = rng.choice(np.arange(1, 1000), size=shape, replace=False)
        return rng.choice([-1, 1], size=shape) * hundredths / 100

    yield "wide-image", "geometry", {"x": numbers(1, 1, 3, 5), "weight": numbers(1, 1, 2, 2)}
    yield "tall-image", "geometry", {"x": numbers(1, 1, 5, 3), "weight": numbers(1, 1, 2, 2)}
    yield "kernel-3x2", "geometry", {"x": numbers(1, 1, 4, 4), "weight": numbers(1, 1, 3, 2)}
    yield (
        "stride-that-does-not-divide",
        "geometry",
        {"x": numbers(1, 1, 6, 7), "weight": numbers(1, 1, 3, 3), "stride": 2},
    )
    yield (
        "stride-larger-than-kernel",
        "geometry",
        {"x": numbers(1, 1, 5, 8), "weight": numbers(1, 1, 2, 2), "stride": 3},
    )
    yield (
        "padding-with-stride",
        "geometry",
        {"x": numbers(1, 1, 4, 5), "weight": numbers(1, 1, 3, 3), "stride": 2, "padding": 1},
    )
    yield (
        "dilation-with-padding",
        "geometry",
        {"x": numbers(1, 1, 5, 4), "weight": numbers(1, 1, 3, 2), "padding": 1, "dilation": 2},
    )
    yield "several-channels", "channels", {"x": numbers(1, 3, 3, 4), "weight": numbers(1, 3, 2, 2)}
    yield (
        "several-filters-with-bias",
        "channels",
        {"x": numbers(1, 1, 3, 4), "weight": numbers(3, 1, 2, 2), "bias": numbers(3)},
    )
    yield (
        "kernel-1x1-mixes-channels",
        "channels",
        {"x": numbers(1, 2, 2, 3), "weight": numbers(2, 2, 1, 1), "bias": numbers(2)},
    )
    yield (
        "batch-of-two",
        "channels",
        {"x": numbers(2, 2, 3, 4), "weight": numbers(2, 2, 2, 2), "bias": numbers(2)},
    )
    yield (
        "everything-at-once",
        "channels",
        {
            "x": numbers(2, 2, 7, 6),
            "weight": numbers(2, 2, 3, 2),
            "bias": numbers(2),
            "stride": 2,
            "padding": 1,
            "dilation": 2,
        },
    )
    yield (
        "float32",
        "types",
        {
            "x": numbers(1, 2, 4, 3).astype(np.float32),
            "weight": numbers(2, 2, 2, 2).astype(np.float32),
            "bias": numbers(2).astype(np.float32),
        },
    )
    yield (
        "not-contiguous-in-memory",
        "types",
        {
            "x": numbers(1, 2, 8, 5)[:, :, ::2],
            "weight": np.asfortranarray(numbers(2, 2, 3, 2)),
        },
    )
