"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def positive(*shape):
        # Above 1, so that whatever cuts at 1 shows.
        return rng.uniform(1.5, 9, size=shape)

    def mixed(*shape):
        # The sign changes from place to place.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 2 == 0, -1, 1)
        return signs * positive(*shape)

    yield "one-negative-number", "elements", {"x": -positive(1)}
    yield "all-positive", "elements", {"x": positive(5)}
    yield "all-negative", "elements", {"x": -positive(5)}
    yield "zeros", "elements", {"x": np.zeros((2, 3))}
    yield "between-minus-one-and-one", "elements", {"x": mixed(2, 3) / 10}
    yield "square-table", "elements", {"x": mixed(3, 3)}
    # A batch of two images of one channel: N, C, H, W.
    yield "maps-of-a-batch", "elements", {"x": mixed(2, 1, 3, 5)}

    tiny = np.array([1e-300, -1e-300, 1e300, -1e300])
    yield "tiny-and-huge-numbers", "extremes", {"x": tiny * rng.uniform(1, 2)}
    yield "infinite-scores", "extremes", {"x": np.array([-np.inf, np.inf, 2.0])}

    yield "float32", "types", {"x": mixed(2, 5).astype(np.float32)}
    yield "column-major", "types", {"x": np.asfortranarray(mixed(3, 5))[::2]}
