"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other, so that no two windows agree by chance.
        return rng.choice(np.arange(1, 100), size=shape, replace=False) / 10

    def setting(image, kernel, down, right):
        return {"image": image, "kernel": kernel, "shift": [down, right]}

    def inside_of_zeros(height, width):
        """An image with two dark rows and columns on each side."""
        return np.pad(numbers(height, width), 2)

    yield "no-shift", "directions", setting(numbers(3, 4), numbers(2, 2), 0, 0)
    yield "to-the-right", "directions", setting(numbers(3, 5), numbers(2, 2), 0, 1)
    yield "to-the-left", "directions", setting(numbers(3, 5), numbers(2, 2), 0, -1)
    yield "down", "directions", setting(numbers(5, 3), numbers(2, 2), 1, 0)
    yield "up", "directions", setting(numbers(5, 3), numbers(2, 2), -1, 0)
    yield "down-and-right-alike", "directions", setting(numbers(4, 5), numbers(2, 3), 1, 1)
    yield "down-and-left", "directions", setting(numbers(5, 5), numbers(3, 2), 1, -2)

    symmetric = np.full((2, 2), numbers(1)[0])
    yield "symmetric-kernel", "directions", setting(numbers(4, 4), symmetric, 1, 0)

    yield "kernel-of-one", "borders", setting(numbers(3, 4), numbers(1, 1), 0, -2)
    yield "wide-kernel", "borders", setting(numbers(3, 6), numbers(1, 4), 1, -1)
    yield "one-window", "borders", setting(numbers(2, 3), numbers(2, 3), 0, 1)
    yield "nothing-inside", "borders", setting(numbers(3, 4), numbers(2, 2), 0, 3)
    yield "whole-image-moved-out", "borders", setting(numbers(3, 3), numbers(2, 2), 3, 0)
    yield "dark-border", "borders", setting(inside_of_zeros(2, 2), numbers(2, 2), 0, 1)
    yield "dark-border-and-up", "borders", setting(inside_of_zeros(1, 2), numbers(2, 3), -1, 0)

    yield (
        "float32",
        "types",
        setting(numbers(4, 4).astype(np.float32), numbers(2, 2).astype(np.float32), -1, 1),
    )
    yield (
        "not-contiguous-in-memory",
        "types",
        setting(numbers(4, 8)[:, ::2], np.asfortranarray(numbers(2, 3)), 1, 0),
    )
