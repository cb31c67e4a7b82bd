"""Questions whose answers no lecture prints; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs); nothing is drawn at random."""
    yield "layers-without-parameters", "questions", {"question": "m2"}
    yield "kernels-that-equal-themselves-turned", "questions", {"question": "m3"}
