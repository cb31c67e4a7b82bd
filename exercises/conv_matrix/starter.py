"""Exercise conv_matrix: `grade show conv_matrix` prints the task."""

import numpy as np  # noqa: F401


def conv_matrix(weight, input_size, stride=1, padding=(0, 0)):
    """Return the matrix that takes an image to its convolution with the kernel.

    conv_matrix(weight, [H, W], ...) @ image.reshape(-1) is the map, read row by row.

    Arguments:
        weight: one kernel for images of one channel, float array of shape (kH, kW); it is not
            flipped
        input_size: the height H and width W of the image, a list of two integers
        stride: how far the window moves, down and across
        padding: two integers: how many rows of zeros stand above and below the image, and how
            many columns of zeros left and right of it

    Returns:
        float array of shape (outH * outW, H * W): a row for each window, a column for each pixel

    Example: the kernel [[5, 7]] on an image of 1 x 3 gives [[5, 7, 0], [0, 5, 7]].
    """
    raise NotImplementedError("conv_matrix is not written yet")
