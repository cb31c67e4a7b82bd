"""Exercise shift_equivariance: `grade show shift_equivariance` prints the task."""

import numpy as np  # noqa: F401


def shift_equivariance(image, kernel, shift):
    """Return both sides of convolve(shift(image)) = shift(convolve(image)), and where it must hold.

    The convolution has stride 1 and no padding, and does not flip the kernel. A shift loses what
    leaves the array and brings in zeros.

    Arguments:
        image: an image of one channel, float array of shape (H, W)
        kernel: one kernel, float array of shape (kH, kW)
        shift: [down, right], a list of two integers; negative means up and left

    Returns:
        three arrays of shape (H - kH + 1, W - kW + 1):
        shifted_first: the image is shifted and then convolved
        convolved_first: the image is convolved and then its map is shifted
        inside: booleans, True for a window of the shifted image that covers no pixel brought in

    Example: the image [[1, 2, 3]], the kernel [[1, 1]] and the shift [0, 1] give
    [[1, 3]], [[0, 3]] and [[False, True]].
    """
    raise NotImplementedError("shift_equivariance is not written yet")
