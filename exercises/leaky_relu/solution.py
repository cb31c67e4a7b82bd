"""The leaky rectified linear unit, from its definition."""

import numpy as np


def leaky_relu(x, negative_slope=0.01):
    """Return x where it is positive, else negative_slope * x."""
    return np.where(x > 0, x, negative_slope * x)
