"""Exercise conv2d: `grade show conv2d` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Return the convolution of a batch of images with a set of filters.

    As everywhere in deep learning, "convolution" means cross-correlation: the kernel is laid
    on the image as it is, not flipped. Each output number is the sum, over all channels and all
    taps of the kernel, of pixel times weight, plus the bias of the filter.

    Arguments:
        x: the images, float array of shape (N, C, H, W)
        weight: one kernel of C channels per filter, float array of shape (O, C, kH, kW)
        bias: one number per filter, float array of shape (O,), or None
        stride: how far the window moves, along rows and along columns
        padding: how many zeros are put around the image, on each of its four sides
        dilation: the distance between neighbouring taps of the kernel; 1 is no gap

    Returns:
        float array of shape (N, O, outH, outW)

    Example: the image [[1, 2, 3], [4, 5, 6]] and the kernel [[1, 0], [0, 10]] give [[51, 62]],
    because 1*1 + 10*5 = 51 and 1*2 + 10*6 = 62.
    """
    raise NotImplementedError("conv2d is not written yet")
