"""The rectified linear unit, from its definition."""

import numpy as np


def relu(x):
    """Return x where it is positive, else 0."""
    return np.where(x > 0, x, 0)
