"""The map over whole arrays: no thread, no index."""

import numpy as np


def cuda_map(grid, block, out, a):
    """Return a + 10; out and the launch have no part in it."""
    return a + np.float32(10)
