"""Exercise max_pool2d_backward: `grade show max_pool2d_backward` prints the task."""

import numpy as np  # noqa: F401


def max_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient of the loss with respect to x, given that to the pooled maps.

    Each window sends its gradient to its largest number, the first one of equal numbers (row by
    row, from left to right). What several windows send to one pixel is added.

    Arguments:
        grad_output: the gradient with respect to the result of max pooling, float array of shape
            (N, C, outH, outW)
        x: the maps that were pooled, float array of shape (N, C, H, W)
        kernel_size: the height and width of the window
        stride: how far the window moved; None means kernel_size, so that windows do not overlap

    Returns:
        float array of the shape of x

    Example: the map [[1, 5, 2, 0], [3, 4, 7, 6]] with kernel_size 2 and the gradients [[10, 20]]
    gives [[0, 10, 0, 0], [0, 0, 20, 0]].
    """
    raise NotImplementedError("max_pool2d_backward is not written yet")
