"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def scores(*shape):
        return rng.normal(size=shape)

    yield "batch-of-one", "batch", {"x": scores(1, 4)}
    # As many rows as columns: a sum along the wrong axis has the right shape here.
    yield "square-batch", "batch", {"x": scores(3, 3)}
    yield "equal-scores", "batch", {"x": np.repeat(rng.uniform(1, 3, size=(2, 1)), 4, axis=1)}
    yield "one-class", "batch", {"x": rng.uniform(1, 3, size=(2, 1))}

    yield "large-scores", "stability", {"x": 1000 + scores(2, 3)}
    far_apart = np.array([[0.0], [-2000.0], [2000.0]])
    yield "rows-far-apart", "stability", {"x": far_apart + scores(3, 2)}
    # The last class is rarer than the smallest float; one that is added to it would show.
    impossible = np.array([[2.0, 1.0, -900.0], [-900.0, 3.0, -1900.0]])
    yield "probabilities-too-small-for-a-float", "stability", {"x": impossible + scores(2, 3)}
    # The largest score is 0 already.
    rare = np.array([[0.0, rng.uniform(-36, -30)], [rng.uniform(-36, -30), 0.0]])
    yield "rare-classes", "stability", {"x": rare}
    masked = scores(2, 4)
    masked[0, 1] = masked[1, 0] = masked[1, 3] = -np.inf
    yield "minus-infinity-stays", "stability", {"x": masked}

    yield "axis-0", "axes", {"x": scores(3, 4), "axis": 0}
    yield "three-axes", "axes", {"x": scores(2, 2, 3)}
    # Class scores of every pixel of a small image: N, C, H, W.
    yield "four-axes-over-the-channels", "axes", {"x": scores(1, 3, 2, 2), "axis": 1}

    yield "float32", "types", {"x": scores(2, 5).astype(np.float32)}
    yield "every-other-column", "types", {"x": scores(2, 6)[:, ::2]}
