"""Exercise global_avg_pool2d: `grade show global_avg_pool2d` prints the task."""

import numpy as np  # noqa: F401


def global_avg_pool2d(x):
    """Return the mean of each map.

    Arguments:
        x: the maps, float array of shape (N, C, H, W): C channels of N images

    Returns:
        float array of shape (N, C): one mean for each channel of each image

    Example: two images of one channel, [[1, 5], [2, 0]] and [[3, 3], [3, 3]], give [[2], [3]].
    """
    raise NotImplementedError("global_avg_pool2d is not written yet")
