"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # At least 0.5 away from zero, with a sign that changes from place to place.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 0, -1, 1)
        return signs * rng.uniform(0.5, 3, size=shape)

    def layer(samples, inputs, outputs):
        return {"x": numbers(samples, inputs), "weight": numbers(inputs, outputs)}

    def biased(samples, inputs, outputs):
        return layer(samples, inputs, outputs) | {"bias": numbers(outputs)}

    yield "more-inputs-than-outputs", "shapes", layer(2, 5, 3)
    yield "more-outputs-than-inputs", "shapes", layer(3, 2, 4)
    # Square everywhere: every transpose and every axis has the right shape here.
    yield "as-many-samples-inputs-and-outputs", "shapes", biased(3, 3, 3)
    symmetric = numbers(3, 3)
    yield "symmetric-weights", "shapes", layer(2, 3, 3) | {"weight": symmetric + symmetric.T}
    single = biased(1, 4, 2)
    yield "single-sample-without-a-batch", "shapes", single | {"x": single["x"][0]}
    yield "batch-of-one", "shapes", biased(1, 4, 2)
    yield "empty-batch", "shapes", biased(0, 3, 2)
    yield "one-input-and-one-output", "shapes", layer(1, 1, 1)

    yield "bias", "bias", biased(4, 3, 2)
    yield "one-neuron-with-bias", "bias", biased(3, 4, 1)
    yield "as-many-samples-as-outputs", "bias", biased(3, 2, 3)
    positive = {name: np.abs(array) for name, array in biased(2, 3, 2).items()}
    yield "nothing-negative", "bias", positive

    float32 = {name: array.astype(np.float32) for name, array in biased(2, 4, 3).items()}
    yield "float32", "types", float32
    # PyTorch's weights, turned: the same numbers in another order in memory.
    turned = biased(2, 3, 4) | {"weight": numbers(4, 3).T}
    yield "transposed-weights", "types", turned
    wide = biased(3, 6, 2)
    every_other = {"x": wide["x"][:, ::2], "weight": wide["weight"][::2], "bias": wide["bias"]}
    yield "every-other-input", "types", every_other
