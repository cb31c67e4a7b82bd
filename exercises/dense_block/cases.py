"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Different from each other and from zero, so that every mistake shows whatever the seed.
        hundredths = rng.choice(np.arange(1, 1000), size=shape, replace=False)
        return hundredths / 100

    def maps(*shape):
        # Negative in every second column and channel: relu and the averages have to tell.
        signs = np.where(sum(np.indices(shape)) % 2 == 0, 1, -1)
        return signs * numbers(*shape)

    def kernels(*shape):
        # The first of several kernels gives negative maps, the others positive ones. (A layer of
        # one kernel gives positive ones, or the layers behind it would see nothing of it.)
        signs = np.where((np.arange(shape[0]) == 0) & (shape[0] > 1), -1, 1)
        return signs.reshape(-1, 1, 1, 1) * numbers(*shape) / 10

    def block(shape, layers, k, out_channels=None):
        channels = shape[1]
        weights = [kernels(k, channels + layer * k, 3, 3) for layer in range(layers)]
        inputs = {"x": maps(*shape), "layer_weights": weights}
        if out_channels is None:
            return inputs
        return {**inputs, "transition_weight": kernels(out_channels, channels + layers * k, 1, 1)}

    yield "one-layer", "block", block((1, 1, 3, 3), 1, 1)
    yield "two-layers", "block", block((1, 1, 2, 3), 2, 1)
    yield "three-layers-growth-rate-2", "block", block((1, 2, 3, 2), 3, 2)
    yield "five-layers-growth-rate-4", "block", block((1, 1, 2, 2), 5, 4)
    yield "one-pixel", "block", block((1, 2, 1, 1), 2, 2)
    yield "no-layers", "block", block((1, 2, 2, 3), 0, 1)

    yield "transition-alone", "transition", block((1, 2, 4, 2), 0, 1, 2)
    yield "two-layers-and-transition", "transition", block((1, 1, 2, 4), 2, 1, 2)
    yield "odd-height-and-width", "transition", block((1, 2, 5, 3), 1, 2, 1)
    yield "more-maps-than-before", "transition", block((1, 1, 2, 2), 1, 1, 4)
    yield "five-layers-and-transition", "transition", block((1, 1, 2, 2), 5, 4, 3)

    yield "batch-of-three", "types", block((3, 2, 2, 3), 2, 2)
    single = block((1, 1, 3, 4), 2, 1)
    single["x"] = single["x"].astype(np.float32)
    single["layer_weights"] = [weight.astype(np.float32) for weight in single["layer_weights"]]
    yield "float32", "types", single
    strided = block((1, 2, 4, 4), 2, 1, 2)
    strided["x"] = maps(1, 2, 8, 4)[:, :, 1::2]
    strided["transition_weight"] = np.asfortranarray(strided["transition_weight"])
    yield "not-contiguous-in-memory", "types", strided
