"""TODO: inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs); a name says what the case is for."""
    yield "batch-of-one", "shapes", {"x": rng.normal(size=(1, 4))}
    yield "square", "shapes", {"x": rng.normal(size=(3, 3))}
    yield "tall", "shapes", {"x": rng.normal(size=(5, 2))}
    yield "float32", "types", {"x": rng.normal(size=(2, 3)).astype(np.float32)}
    yield "not-contiguous", "types", {"x": rng.normal(size=(4, 6))[:, ::2]}
