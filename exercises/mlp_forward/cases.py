"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # At least 0.5 away from zero, with a sign that changes from place to place.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 0, -1, 1)
        return signs * rng.uniform(0.5, 3, size=shape)

    def network(inputs, hidden, outputs):
        layers = (inputs, hidden), (hidden, outputs)
        return [[numbers(*shape), numbers(shape[1])] for shape in layers]

    def half_asleep(inputs, hidden, outputs):
        """For positive inputs every second hidden unit sleeps, and all outputs are negative."""
        (weight1, bias1), (weight2, bias2) = network(inputs, hidden, outputs)
        signs = np.where(np.arange(hidden) % 2 == 0, 1, -1)
        return [
            [signs * np.abs(weight1), signs * np.abs(bias1)],
            [-np.abs(weight2), -np.abs(bias2)],
        ]

    def look_at(part, x, parameters):
        return {"x": x, "parameters": parameters, "part": part}

    def positive(*shape):
        return np.abs(numbers(*shape))

    for part in ("hidden", "output"):
        yield f"{part}-half-asleep", part, look_at(part, positive(3, 2), half_asleep(2, 4, 1))
        yield f"{part}-of-many-units", part, look_at(part, numbers(2, 3), network(3, 6, 2))
        yield f"{part}-of-one-unit", part, look_at(part, numbers(4, 2), network(2, 1, 3))
        (weight1, _), layer2 = network(3, 2, 2)
        silent = [[-np.abs(weight1), -positive(2)], layer2]
        yield f"{part}-when-all-units-sleep", part, look_at(part, positive(2, 3), silent)
        awake = [[np.abs(weight), np.abs(bias)] for weight, bias in network(2, 3, 2)]
        yield f"{part}-when-nothing-is-negative", part, look_at(part, positive(3, 2), awake)
        without_bias = [[weight, np.zeros_like(bias)] for weight, bias in half_asleep(2, 2, 1)]
        yield f"{part}-without-bias", part, look_at(part, positive(2, 2), without_bias)
        yield f"{part}-of-a-batch-of-one", part, look_at(part, positive(1, 2), half_asleep(2, 2, 1))

    # Square and symmetric weights are their own transposes.
    symmetric = [[weight + weight.T, bias] for weight, bias in network(3, 3, 3)]
    yield "symmetric-weights", "hidden", look_at("hidden", numbers(3, 3), symmetric)
    square = network(3, 3, 3)
    yield "as-many-of-everything", "output", look_at("output", numbers(3, 3), square)

    float32 = [[array.astype(np.float32) for array in layer] for layer in half_asleep(3, 4, 2)]
    small = positive(2, 3).astype(np.float32)
    yield "float32", "types", look_at("output", small, float32)
    yield "empty-batch-hidden", "types", look_at("hidden", numbers(0, 2), network(2, 3, 1))
    yield "empty-batch-output", "types", look_at("output", numbers(0, 2), network(2, 3, 1))
    # PyTorch's weights, turned: the same numbers in another order in memory.
    turned = [[numbers(4, 3).T, numbers(4)], [numbers(2, 4).T, numbers(2)]]
    yield "not-contiguous-in-memory", "types", look_at("output", numbers(3, 6)[:, ::2], turned)
