"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Different from each other, and as many above zero as below it.
        tenths = rng.permutation(np.arange(1, np.prod(shape, dtype=int) + 1)).reshape(shape)
        signs = rng.permutation(np.resize([-1, 1], tenths.size)).reshape(shape)
        return signs * tenths / 10

    def kernels(filters, channels, size):
        shape = (filters, channels, size, size)
        return rng.choice([-1, 1], size=shape) * rng.uniform(0.2, 1, size=shape)

    def projection(filters, channels):
        # The signs take turns, so that a ReLU never hides all of the pooled maps.
        signs = np.where(np.indices((filters, channels)).sum(axis=0) % 2, -1, 1)
        return (signs * rng.uniform(0.2, 1, size=(filters, channels)))[:, :, np.newaxis, np.newaxis]

    def block(*shape, filters=(2, 2, 2, 2)):
        channels = shape[1]
        return {
            "x": numbers(*shape),
            "weight1": projection(filters[0], channels),
            "weight3": kernels(filters[1], channels, 3),
            "weight5": kernels(filters[2], channels, 5),
            "weight_pool": projection(filters[3], channels),
        }

    negative = block(1, 1, 3, 4)
    yield "all-negative", "pooling", negative | {"x": -np.abs(negative["x"])}
    yield "mixed-signs", "pooling", block(1, 1, 4, 4)
    identity = {"weight_pool": np.eye(2)[:, :, np.newaxis, np.newaxis]}
    yield "projection-that-changes-nothing", "pooling", block(1, 2, 3, 4) | identity
    # The largest pixel of each channel lies elsewhere.
    yield "pooling-before-the-channels-mix", "pooling", block(1, 3, 4, 4, filters=(1, 1, 1, 3))
    constant = {"x": np.full((1, 1, 6, 6), 1.5)}
    yield "constant-image", "pooling", block(1, 1, 6, 6) | constant
    positive = {name: np.abs(array) for name, array in block(1, 1, 3, 4).items()}
    yield "nothing-negative", "pooling", positive

    yield "wide-image", "geometry", block(1, 1, 3, 7)
    yield "tall-image", "geometry", block(1, 1, 7, 3)
    yield "image-smaller-than-the-kernels", "geometry", block(1, 1, 2, 1)

    yield "branches-of-different-width", "channels", block(1, 2, 3, 4, filters=(1, 3, 2, 4))
    yield "one-kernel-in-each-branch", "channels", block(1, 3, 3, 3, filters=(1, 1, 1, 1))
    yield "branch-without-kernels", "channels", block(1, 2, 4, 3, filters=(2, 0, 1, 1))

    yield "batch-of-two", "types", block(2, 2, 3, 4)
    yield "empty-batch", "types", block(0, 2, 3, 4)
    float32 = {name: array.astype(np.float32) for name, array in block(1, 2, 4, 3).items()}
    yield "float32", "types", float32
    scattered = {
        "x": np.asfortranarray(numbers(1, 2, 8, 4))[:, :, ::2],
        "weight3": np.asfortranarray(kernels(2, 2, 3)),
        "weight5": kernels(2, 4, 5)[:, ::2],
    }
    yield "not-contiguous-in-memory", "types", block(1, 2, 4, 4) | scattered
