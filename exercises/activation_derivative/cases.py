"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def mixed(*shape):
        # At least 0.3 away from zero, with a sign that changes from place to place.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 2 == 0, -1, 1)
        return signs * rng.uniform(0.3, 2.5, size=shape)

    for name in ("sigmoid", "tanh", "relu", "leaky_relu"):
        yield f"{name.replace('_', '-')}-on-both-sides", "curves", {"name": name, "x": mixed(3, 3)}
    yield "sigmoid-of-one-number", "curves", {"name": "sigmoid", "x": mixed(1)}
    yield "tanh-below-zero", "curves", {"name": "tanh", "x": -rng.uniform(0.3, 2.5, size=4)}

    yield "relu-at-zero", "corners", {"name": "relu", "x": np.zeros((1, 2))}
    yield "leaky-relu-at-zero", "corners", {"name": "leaky_relu", "x": np.zeros(2)}

    far = rng.uniform(800, 2000, size=3)
    yield "sigmoid-far-above-zero", "stability", {"name": "sigmoid", "x": far}
    yield "sigmoid-far-below-zero", "stability", {"name": "sigmoid", "x": -far}
    yield "tanh-far-from-zero", "stability", {"name": "tanh", "x": far * [1, -1, 1]}

    yield "float32", "types", {"name": "sigmoid", "x": mixed(2, 4).astype(np.float32)}
    yield "every-other-column", "types", {"name": "tanh", "x": mixed(2, 9)[:, ::2]}
    # Gradients of a batch of maps: N, C, H, W.
    yield "maps-of-a-batch", "types", {"name": "relu", "x": mixed(2, 1, 3, 3)}
    yield "no-numbers", "types", {"name": "leaky_relu", "x": np.zeros((0, 3))}
