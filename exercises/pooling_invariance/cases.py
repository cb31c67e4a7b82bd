"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other: what stays the same hangs on places alone.
        return rng.choice(np.arange(1, 200), size=shape, replace=False) / 10

    def spots(height, width, *places):
        x = np.zeros((height, width))
        for place, value in zip(places, numbers(len(places)), strict=True):
            x[place] = value
        return x

    def setting(x, kernel_size, max_shift):
        return {"x": x, "kernel_size": kernel_size, "max_shift": max_shift}

    yield "spot-at-the-left-of-its-window", "spots", setting(spots(3, 6, (1, 0)), 3, 4)
    yield "spot-at-the-right-of-its-window", "spots", setting(spots(2, 6, (1, 1)), 2, 3)
    yield "spot-that-leaves-the-map", "spots", setting(spots(2, 4, (0, 2)), 2, 3)
    yield "several-spots", "spots", setting(spots(4, 6, (0, 0), (1, 3), (2, 2), (3, 4)), 2, 3)
    yield "spots-of-one-column", "spots", setting(spots(6, 4, (0, 1), (3, 1), (4, 1)), 2, 2)
    # The zeros around them are larger.
    yield "negative-spots", "spots", setting(-spots(2, 6, (0, 1), (1, 2)), 2, 2)
    yield "no-spot", "spots", setting(np.zeros((2, 4)), 2, 2)

    yield "full-map", "maps", setting(numbers(4, 6), 2, 2)
    yield "map-of-one-colour", "maps", setting(np.full((4, 4), numbers(1)[0]), 2, 3)
    yield "negative-numbers", "maps", setting(-numbers(2, 6), 2, 2)
    yield "window-of-one", "maps", setting(spots(2, 3, (0, 0), (1, 1)), 1, 2)
    yield "one-number", "maps", setting(numbers(1, 1), 1, 1)
    yield "window-as-large-as-the-map", "maps", setting(spots(3, 3, (0, 1), (2, 0)), 3, 3)
    two = spots(5, 7, (0, 1), (3, 4), (4, 6), (1, 5))
    yield "windows-that-do-not-divide", "maps", setting(two, 2, 3)
    yield "no-shift-at-all", "maps", setting(numbers(2, 4), 2, 0)
    yield "shift-past-the-end", "maps", setting(spots(2, 4, (0, 0), (1, 3)), 2, 6)

    float32 = spots(4, 4, (0, 0), (1, 2), (3, 1)).astype(np.float32)
    yield "float32", "types", setting(float32, 2, 2)
    yield "not-contiguous-in-memory", "types", setting(np.asfortranarray(two[:4])[:, ::2], 2, 2)
