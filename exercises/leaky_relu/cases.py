"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def positive(*shape):
        return rng.uniform(1.5, 9, size=shape)

    def mixed(*shape):
        # The sign changes from place to place.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 2 == 0, -1, 1)
        return signs * positive(*shape)

    yield "all-positive", "elements", {"x": positive(5)}
    yield "all-negative", "elements", {"x": -positive(5)}
    yield "zeros", "elements", {"x": np.zeros((2, 3)), "negative_slope": 0.3}
    yield "square-table", "elements", {"x": mixed(3, 3), "negative_slope": 0.2}
    # A batch of two images of one channel: N, C, H, W.
    yield "maps-of-a-batch", "elements", {"x": mixed(2, 1, 3, 5), "negative_slope": 0.1}

    yield "slope-zero", "slopes", {"x": mixed(2, 3), "negative_slope": 0.0}
    yield "slope-one", "slopes", {"x": mixed(2, 3), "negative_slope": 1.0}
    above_one = rng.uniform(1.5, 3)
    yield "slope-above-one", "slopes", {"x": mixed(2, 3), "negative_slope": above_one}
    yield "slope-minus-one", "slopes", {"x": mixed(2, 3), "negative_slope": -1.0}

    yield "float32", "types", {"x": mixed(2, 5).astype(np.float32), "negative_slope": 0.25}
    yield "no-numbers", "types", {"x": np.zeros((0, 4))}
    yield "every-other-row", "types", {"x": mixed(5, 3)[::2], "negative_slope": 0.4}
