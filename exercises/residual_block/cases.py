"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Different from each other and from zero, in tenths, as many above zero as below it.
        tenths = rng.choice(np.arange(1, 30), size=shape, replace=np.prod(shape) > 29)
        signs = rng.permutation(np.resize([-1, 1], np.prod(shape, dtype=int))).reshape(shape)
        return signs * tenths / 10

    def kernels(*shape):
        return numbers(*shape, 3, 3) / 3  # small, so that neither F(x) nor x drowns the other

    def block(*shape, hidden=1):
        channels = shape[1]
        return {
            "x": numbers(*shape),
            "weight1": kernels(hidden, channels),
            "bias1": numbers(hidden),
            "weight2": kernels(channels, hidden),
            "bias2": numbers(channels),
        }

    without_bias = block(1, 2, 3, 4, hidden=2) | {"bias1": np.zeros(2), "bias2": np.zeros(2)}
    yield "no-bias", "shortcut", without_bias
    # Nothing is below zero anywhere, so no ReLU changes anything.
    positive = {name: np.abs(array) for name, array in block(1, 1, 3, 4).items()}
    yield "nothing-negative", "shortcut", positive
    # F(x) is -20 or less everywhere: the addition leaves nothing that is above zero.
    overruled = block(1, 1, 3, 3)
    overruled["weight2"] = -np.abs(overruled["weight2"])
    yield "residual-that-takes-everything", "shortcut", overruled | {"bias2": np.array([-20.0])}
    # The shortcut has to carry what is far below zero.
    yield "negative-input", "shortcut", block(1, 1, 3, 4) | {"x": -10 - np.abs(numbers(1, 1, 3, 4))}
    # The first convolution is always negative: F(x) is the bias of the second.
    silent = {"weight1": np.zeros((2, 1, 3, 3)), "bias1": np.array([-1.0, -2.0])}
    yield "hidden-layer-that-is-silent", "shortcut", block(1, 1, 3, 4, hidden=2) | silent

    yield "wide-image", "geometry", block(1, 1, 3, 6)
    yield "tall-image", "geometry", block(1, 1, 6, 3)
    yield "one-pixel", "geometry", block(1, 1, 1, 1)

    yield "more-hidden-channels", "channels", block(1, 2, 3, 4, hidden=3)
    yield "fewer-hidden-channels", "channels", block(1, 3, 4, 3, hidden=2)
    yield "as-many-hidden-channels", "channels", block(1, 2, 4, 4, hidden=2)

    yield "batch-of-two", "types", block(2, 2, 3, 4, hidden=2)
    yield "empty-batch", "types", block(0, 2, 3, 4, hidden=2)
    float32 = {name: array.astype(np.float32) for name, array in block(1, 2, 4, 3).items()}
    yield "float32", "types", float32
    scattered = {
        "x": np.asfortranarray(numbers(1, 2, 8, 4))[:, :, ::2],
        "weight1": np.asfortranarray(kernels(2, 2)),
        "weight2": kernels(2, 4)[:, ::2],
    }
    yield "not-contiguous-in-memory", "types", block(1, 2, 4, 4, hidden=2) | scattered
