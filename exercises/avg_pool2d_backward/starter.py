"""Exercise avg_pool2d_backward: `grade show avg_pool2d_backward` prints the task."""

import numpy as np  # noqa: F401


def avg_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient of the loss with respect to x, given that to the pooled maps.

    Each window shares its gradient out among the pixels that it saw. What several windows send to
    one pixel is added.

    Arguments:
        grad_output: the gradient with respect to the result of average pooling, float array of
            shape (N, C, outH, outW)
        x: the maps that were pooled, float array of shape (N, C, H, W)
        kernel_size: the height and width of the window
        stride: how far the window moved; None means kernel_size, so that windows do not overlap

    Returns:
        float array of the shape of x

    Example: a map of 2 x 4 with kernel_size 2 and the gradients [[4, 20]] gives
    [[1, 1, 5, 5], [1, 1, 5, 5]].
    """
    raise NotImplementedError("avg_pool2d_backward is not written yet")
