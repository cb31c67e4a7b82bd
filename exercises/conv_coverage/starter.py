"""Exercise conv_coverage: `grade show conv_coverage` prints the task."""

import numpy as np  # noqa: F401


def conv_coverage(input_size, kernel_size, stride=1, padding=0):
    """Return how many windows of a convolution see each pixel of the image.

    Only windows that fit wholly into the padded image count. One that lies partly in the padding
    counts for the pixels of the image that it covers.

    Arguments:
        input_size: the height and width of the image, a list of two integers
        kernel_size: the height and width of the window
        stride: how far the window moves
        padding: how many pixels are put around the image, on each of its four sides

    Returns:
        integer array of shape (height, width)

    Example: on an image of 2 x 3 pixels, windows of 2 x 2 give [[1, 2, 1], [1, 2, 1]].
    """
    raise NotImplementedError("conv_coverage is not written yet")
