"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""
    yield "batch-of-one", "batch", {"x": rng.normal(size=(1, 4))}
    # As many rows as columns: a sum along the wrong axis has the right shape here.
    yield "square-batch", "batch", {"x": rng.normal(size=(3, 3))}
    yield "equal-scores", "batch", {"x": np.repeat(rng.uniform(1, 3, size=(2, 1)), 4, axis=1)}

    yield "large-scores", "stability", {"x": 1000 + rng.normal(size=(2, 3))}
    far_apart = np.array([[0.0], [-2000.0], [2000.0]])
    yield "rows-far-apart", "stability", {"x": far_apart + rng.normal(size=(3, 2))}
    certain = np.array([[900.0, -900.0, -900.0], [-900.0, 900.0, -900.0]])
    yield "one-certain-class", "stability", {"x": certain + rng.normal(size=(2, 3))}
    masked = rng.normal(size=(2, 4))
    masked[0, 1] = masked[1, 0] = masked[1, 3] = -np.inf
    yield "minus-infinity-is-probability-zero", "stability", {"x": masked}

    yield "axis-0", "axes", {"x": rng.normal(size=(3, 4)), "axis": 0}
    yield "three-axes", "axes", {"x": rng.normal(size=(2, 2, 3))}
    # Class scores of every pixel of a small image: N, C, H, W.
    yield "four-axes-over-the-channels", "axes", {"x": rng.normal(size=(1, 3, 2, 2)), "axis": 1}

    yield "float32", "types", {"x": rng.normal(size=(2, 5)).astype(np.float32)}
    yield "every-other-column", "types", {"x": rng.normal(size=(2, 6))[:, ::2]}
