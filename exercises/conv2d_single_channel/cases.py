"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Different from each other and from zero, so that every mistake shows whatever the seed.
        # The decimals show an answer that was cut to whole numbers.
        hundredths = rng.choice(np.arange(1, 1000), size=shape, replace=False)
        return rng.choice([-1, 1], size=shape) * hundredths / 100

    def setting(image, kernel, **options):
        return {"image": numbers(*image), "kernel": numbers(*kernel), **options}

    yield "kernel-of-one-weight", "valid", setting((2, 3), (1, 1))
    yield "wide-image", "valid", setting((3, 5), (2, 2))
    yield "tall-image", "valid", setting((5, 3), (2, 2))
    yield "kernel-3x2", "valid", setting((4, 4), (3, 2))
    yield "kernel-as-large-as-the-image", "valid", setting((2, 3), (2, 3))
    yield "image-of-one-row", "valid", setting((1, 6), (1, 3))

    yield "same-kernel-3x3", "same", setting((3, 4), (3, 3), mode="same")
    yield "same-kernel-5x5", "same", setting((5, 4), (5, 5), mode="same")
    yield "same-kernel-3x5", "same", setting((4, 5), (3, 5), mode="same")
    # One row and one column of zeros: below the image, and at its right.
    yield "same-kernel-2x2", "same", setting((3, 3), (2, 2), mode="same")
    yield "same-kernel-1x4", "same", setting((2, 4), (1, 4), mode="same")
    yield "same-kernel-of-one-weight", "same", setting((3, 2), (1, 1), mode="same")
    yield "same-kernel-larger-than-the-image", "same", setting((2, 2), (3, 3), mode="same")

    float32 = {name: array.astype(np.float32) for name, array in setting((3, 4), (2, 3)).items()}
    yield "float32", "types", float32
    every_other = {"image": numbers(4, 8)[:, ::2], "kernel": np.asfortranarray(numbers(3, 2))}
    yield "not-contiguous-in-memory", "types", every_other
