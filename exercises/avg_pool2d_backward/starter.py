"""Exercise avg_pool2d_backward: `grade show avg_pool2d_backward` prints the task."""

import numpy as np  # noqa: F401


def avg_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient of the loss with respect to x, when x went through average pooling.

    Every pixel under a window gets an equal share of the gradient of this window. A pixel under
    several windows gets the sum of its shares.

    Arguments:
        grad_output: the gradient of the loss with respect to the pooled maps, float array of
            shape (N, C, outH, outW)
        x: the maps that were pooled, float array of shape (N, C, H, W)
        kernel_size: the height and width of the window
        stride: how far the window moved; None means kernel_size, so that windows did not overlap

    Returns:
        float array of shape (N, C, H, W)

    Example: a map of 2 x 4 and kernel_size 2; grad_output [[8, 20]] gives
    [[2, 2, 5, 5], [2, 2, 5, 5]].
    """
    raise NotImplementedError("avg_pool2d_backward is not written yet")
