"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def weights(*bounds, layers=4):
        return rng.uniform(*bounds, size=layers)

    def chain(activation, w, x=0.8):
        return {"x": float(x), "weights": w, "activation": activation}

    # Some weights are below zero, an even number of them would hide a lost sign.
    signs = np.array([1, -1, -1, 1, -1])
    yield "one-layer", "chain", chain("tanh", weights(0.5, 1.5, layers=1))
    yield (
        "linear-with-negative-weights",
        "chain",
        chain("linear", signs * weights(0.5, 2, layers=5)),
    )
    yield "tanh-with-negative-weights", "chain", chain("tanh", signs * weights(0.5, 1.5, layers=5))
    yield "sigmoid", "chain", chain("sigmoid", weights(1.5, 3), x=-0.8)
    yield (
        "relu-of-two-negative-numbers",
        "chain",
        chain("relu", weights(1.5, 3) * [-1, 1, 1, 1], -2),
    )
    yield "weights-of-one", "chain", chain("linear", np.ones(3))

    yield "ten-tanh-layers", "vanishing", chain("tanh", weights(0.3, 0.8, layers=10))
    yield "twenty-sigmoid-layers", "vanishing", chain("sigmoid", weights(0.5, 1.5, layers=20))
    # Large weights do not help the sigmoid: they drive it to where it is flat.
    yield "saturated-sigmoids", "vanishing", chain("sigmoid", weights(6, 8), x=1)
    yield "a-negative-weight-kills-relu", "vanishing", chain("relu", weights(1, 2) * [1, -1, 1, 1])

    yield "ten-relu-layers", "exploding", chain("relu", weights(2, 4, layers=10))
    yield "linear-with-large-weights", "exploding", chain("linear", weights(20, 90, layers=6))
    yield "tanh-at-zero", "exploding", chain("tanh", weights(2, 4), x=0)

    yield "float32", "types", chain("sigmoid", weights(0.5, 2).astype(np.float32))
    yield "every-other-weight", "types", chain("tanh", weights(0.5, 1.5, layers=7)[::2])
