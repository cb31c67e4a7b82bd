"""Global average pooling, written from its definition: one map, one mean."""

import numpy as np


def global_avg_pool2d(x):
    """Return the mean of each map, shape (N, C)."""
    images, channels, height, width = x.shape
    out = np.zeros((images, channels), dtype=x.dtype)
    for n in range(images):
        for c in range(channels):
            out[n, c] = np.sum(x[n, c]) / (height * width)
    return out
