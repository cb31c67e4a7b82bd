"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other, so that no kernel equals itself turned by chance
        # and every mistake shows whatever the seed. Tenths are easy to read in a message.
        return rng.choice(np.arange(1, 200), size=shape, replace=False) / 10

    def same_upside_down(*shape):
        half = numbers(*shape)
        return half + half[:, :, ::-1]

    def same_mirrored(*shape):
        half = numbers(*shape)
        return half + half[:, :, :, ::-1]

    yield (
        "kernel-3x3",
        "flip",
        {"x": numbers(1, 1, 4, 5), "weight": numbers(1, 1, 3, 3)},
    )
    yield (
        "kernel-the-same-upside-down",
        "flip",
        {"x": numbers(1, 1, 4, 5), "weight": same_upside_down(1, 1, 3, 3)},
    )
    yield (
        "kernel-the-same-mirrored",
        "flip",
        {"x": numbers(1, 1, 4, 5), "weight": same_mirrored(1, 1, 3, 3)},
    )
    # One window: to turn the image instead of the kernel is as good.
    yield (
        "kernel-as-large-as-image",
        "flip",
        {"x": numbers(1, 1, 2, 3), "weight": numbers(1, 1, 2, 3)},
    )
    yield (
        "kernel-3x2-on-a-tall-image",
        "flip",
        {"x": numbers(1, 1, 5, 3), "weight": numbers(1, 1, 3, 2)},
    )
    yield "kernel-1x1", "flip", {"x": numbers(1, 1, 2, 3), "weight": numbers(1, 1, 1, 1)}
    yield (
        "padding-that-keeps-the-size",
        "padding",
        {"x": numbers(1, 1, 3, 4), "weight": numbers(1, 1, 3, 3), "padding": 1},
    )
    # Every place at which the kernel meets a pixel at all: the sum of the definition, uncut.
    yield (
        "padding-of-kernel-size-minus-one",
        "padding",
        {"x": numbers(1, 1, 2, 4), "weight": numbers(1, 1, 3, 3), "padding": 2},
    )
    yield (
        "even-kernel-with-padding",
        "padding",
        {"x": numbers(1, 1, 3, 4), "weight": numbers(1, 1, 2, 4), "padding": 1},
    )
    yield (
        "several-channels",
        "channels",
        {"x": numbers(1, 3, 3, 4), "weight": numbers(1, 3, 2, 2)},
    )
    yield (
        "several-filters-with-bias",
        "channels",
        {"x": numbers(1, 1, 3, 4), "weight": numbers(3, 1, 2, 2), "bias": numbers(3)},
    )
    yield (
        "channels-and-filters-of-1x1",
        "channels",
        {"x": numbers(1, 2, 2, 3), "weight": numbers(3, 2, 1, 1), "bias": numbers(3)},
    )
    yield (
        "batch-of-two",
        "channels",
        {"x": numbers(2, 2, 4, 3), "weight": numbers(2, 2, 3, 2), "bias": numbers(2), "padding": 1},
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
        {"x": numbers(1, 2, 8, 5)[:, :, ::2], "weight": np.asfortranarray(numbers(2, 2, 3, 2))},
    )
