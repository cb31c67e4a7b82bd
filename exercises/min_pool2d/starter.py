"""Exercise min_pool2d: `grade show min_pool2d` prints the task."""

import numpy as np  # noqa: F401


def min_pool2d(x, kernel_size, stride=None, padding=0):
    """Return the smallest value under each place of a sliding window.

    Each channel of each image is pooled on its own. Only windows that fit wholly into the padded
    map are used.

    Arguments:
        x: the images or maps, float array of shape (N, C, H, W)
        kernel_size: the height and width of the window
        stride: how far the window moves; None means kernel_size, so that windows do not overlap
        padding: how many places are put around each map, on each of its four sides; what stands
            in them is never the smallest. At most half of kernel_size

    Returns:
        float array of shape (N, C, outH, outW)

    Example: the map [[1, 5, 2, 0], [3, 4, 7, 6]] with kernel_size 2 gives [[1, 0]].
    """
    raise NotImplementedError("min_pool2d is not written yet")
