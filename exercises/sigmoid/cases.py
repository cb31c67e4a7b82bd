"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def scores(*shape):
        # At least 0.5 away from zero, with a sign that changes from place to place.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 2 == 0, 1, -1)
        return signs * rng.uniform(0.5, 4, size=shape)

    def far(*shape):
        return rng.uniform(800, 2000, size=shape)

    yield "zero-is-one-half", "curve", {"x": np.zeros(2)}
    yield "one-score", "curve", {"x": scores(1)}
    yield "negative-scores", "curve", {"x": -rng.uniform(0.5, 4, size=5)}
    yield "table-of-scores", "curve", {"x": scores(3, 4)}

    yield "far-above-zero", "stability", {"x": far(3)}
    yield "far-below-zero", "stability", {"x": -far(3)}
    both = np.concatenate([far(2), scores(2), -far(2)]).reshape(3, 2)
    yield "near-and-far-in-one-array", "stability", {"x": both}
    yield "small-answers-keep-their-digits", "stability", {"x": -rng.uniform(25, 80, size=4)}
    yield "infinite-scores", "stability", {"x": np.array([-np.inf, np.inf])}

    yield "float32", "types", {"x": scores(2, 5).astype(np.float32)}
    # exp(100) has room in float64, but none in float32.
    yield "float32-far-from-zero", "types", {"x": np.array([-100, 100, 95], np.float32)}
    yield "no-scores", "types", {"x": np.zeros((0, 3))}
    yield "every-other-column", "types", {"x": scores(2, 9)[:, ::2]}
