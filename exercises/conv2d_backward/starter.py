"""Exercise conv2d_backward.

`grade show conv2d_backward` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def conv2d_backward(grad_output, x, weight, stride=1, padding=0):
    """Return the gradients of the loss with respect to a convolution's images, weights and bias.

    Arguments:
        grad_output: the gradient with respect to the output, float array (N, O, outH, outW)
        x: the images, float array of shape (N, C, H, W)
        weight: one kernel of C channels per filter, float array of shape (O, C, kH, kW)
        stride: how far the window moved, along rows and along columns
        padding: how many zeros were put around the image, on each of its four sides

    Returns:
        three float arrays (grad_x, grad_weight, grad_bias), of the shapes of x, of weight and (O,)

    Example: the image [[1, 2], [3, 4]] and the kernel [[5, 6]] have two windows. With the gradients
    1 and 10 for them, grad_x is [[5, 6], [50, 60]], grad_weight [[31, 42]] and grad_bias [11]:
    1*1 + 10*3 = 31, 1*2 + 10*4 = 42 and 1 + 10 = 11.
    """
    raise NotImplementedError("conv2d_backward is not written yet")
