"""Exercise convolve2d: `grade show convolve2d` prints the task."""

import numpy as np  # noqa: F401


def convolve2d(x, weight, bias=None, padding=0):
    """Return the true convolution of a batch of images with a set of filters.

    Each kernel is turned by 180 degrees and slides over the image. Each output number is the sum,
    over all channels and all places of the window, of pixel times weight, plus the bias of the
    filter.

    Arguments:
        x: the images, float array of shape (N, C, H, W)
        weight: one kernel of C channels per filter, float array of shape (O, C, kH, kW), as it is
            before it is turned
        bias: one number per filter, float array of shape (O,), or None
        padding: how many zeros are put around the image, on each of its four sides

    Returns:
        float array of shape (N, O, outH, outW)

    Example: the image [[1, 2, 3]] and the kernel [[1, 10]] give [[12, 23]], because
    1*2 + 10*1 = 12 and 1*3 + 10*2 = 23.
    """
    raise NotImplementedError("convolve2d is not written yet")
