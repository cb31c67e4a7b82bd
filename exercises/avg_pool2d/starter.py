"""Exercise avg_pool2d: `grade show avg_pool2d` prints the task."""

import numpy as np  # noqa: F401


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Return the mean of the numbers under each place of a sliding window.

    Each channel of each image is pooled on its own. Only windows that fit wholly into the padded
    map are used.

    Arguments:
        x: the images or maps, float array of shape (N, C, H, W)
        kernel_size: the height and width of the window
        stride: how far the window moves; None means kernel_size, so that windows do not overlap
        padding: how many zeros are put around each map, on each of its four sides; at most half
            of kernel_size
        count_include_pad: True: each sum is divided by the number of places in the window.
            False: by the number of those places that lie on the map, not in the padding

    Returns:
        float array of shape (N, C, outH, outW)

    Example: the map [[1, 5, 2, 0], [3, 4, 7, 6]] with kernel_size 2 gives [[3.25, 3.75]].
    """
    raise NotImplementedError("avg_pool2d is not written yet")
