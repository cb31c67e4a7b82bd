"""The lecture gives every question; nothing is added."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield nothing."""
    yield from ()
