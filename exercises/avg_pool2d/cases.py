"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other: no mean is the largest number of its window or
        # near zero, so the same mistakes show whatever the seed.
        tenths = rng.choice(np.arange(1, 200), size=shape, replace=False)
        return tenths / 10

    def setting(x, kernel_size, **options):
        return {"x": x, "kernel_size": kernel_size, **options}

    def with_zeros(*shape):
        # Every second column of the map is zero: such a zero counts, one of the padding may not.
        return np.where(np.arange(shape[-1]) % 2 == 0, numbers(*shape), 0)

    def mixed(*shape):
        return np.where(np.arange(shape[-1]) % 3 == 1, -1, 1) * numbers(*shape)

    yield "window-of-one-with-stride", "windows", setting(numbers(1, 1, 3, 4), 1, stride=2)
    yield "mixed-signs", "windows", setting(mixed(1, 1, 4, 4), 2)
    yield "map-with-zeros", "windows", setting(with_zeros(1, 1, 2, 4), 2)
    yield "wide-map", "windows", setting(numbers(1, 1, 2, 6), 2)
    yield "tall-map", "windows", setting(numbers(1, 1, 6, 2), 2)
    yield "overlapping-windows", "windows", setting(numbers(1, 1, 5, 4), 3, stride=1)
    yield "kernel-that-does-not-divide", "windows", setting(numbers(1, 1, 5, 7), 2)
    yield "stride-larger-than-kernel", "windows", setting(numbers(1, 1, 5, 8), 2, stride=3)
    yield "window-as-large-as-the-map", "windows", setting(numbers(1, 2, 3, 3), 3)

    yield "padding-counted", "borders", setting(numbers(1, 1, 3, 4), 3, stride=1, padding=1)
    yield (
        "padding-not-counted",
        "borders",
        setting(numbers(1, 1, 3, 4), 3, stride=1, padding=1, count_include_pad=False),
    )
    yield (
        "padding-not-counted-beside-zeros-of-the-map",
        "borders",
        setting(with_zeros(1, 1, 3, 5), 3, stride=2, padding=1, count_include_pad=False),
    )
    yield "padding-with-the-default-stride", "borders", setting(numbers(1, 1, 4, 6), 2, padding=1)
    yield (
        "padding-with-stride-that-does-not-divide",
        "borders",
        setting(mixed(1, 2, 4, 7), 3, stride=2, padding=1),
    )
    yield (
        "nothing-to-leave-out",
        "borders",
        setting(numbers(1, 1, 2, 4), 2, count_include_pad=False),
    )

    yield "batch-of-two", "types", setting(numbers(2, 2, 4, 4), 3, stride=1)
    yield "float32", "types", setting(numbers(2, 1, 3, 5).astype(np.float32), 2, stride=1)
    yield (
        "not-contiguous-in-memory",
        "types",
        setting(np.asfortranarray(numbers(1, 2, 8, 5))[:, :, ::2], 2),
    )
