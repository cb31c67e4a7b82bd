"""Exercise max_pool2d_backward: `grade show max_pool2d_backward` prints the task."""

import numpy as np  # noqa: F401


def max_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient of the loss with respect to x, when x went through max pooling.

    The largest pixel of each window gets the gradient of this window. A pixel that is the largest
    of several windows gets the sum of their gradients, all others get 0.

    Arguments:
        grad_output: the gradient of the loss with respect to the pooled maps, float array of
            shape (N, C, outH, outW)
        x: the maps that were pooled, float array of shape (N, C, H, W)
        kernel_size: the height and width of the window
        stride: how far the window moved; None means kernel_size, so that windows did not overlap

    Returns:
        float array of shape (N, C, H, W). Of equal pixels the first one, row by row, counts as
        the largest.

    Example: the map [[1, 5, 2, 0], [3, 4, 7, 6]] and kernel_size 2; grad_output [[10, 20]] gives
    [[0, 10, 0, 0], [0, 0, 20, 0]].
    """
    raise NotImplementedError("max_pool2d_backward is not written yet")
