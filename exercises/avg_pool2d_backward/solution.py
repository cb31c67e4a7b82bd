"""The gradient of average pooling, written from its definition: each window hands out shares."""

import numpy as np


def avg_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient of the loss with respect to x, shape (N, C, H, W)."""
    if stride is None:
        stride = kernel_size
    images, channels, out_height, out_width = grad_output.shape

    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for n in range(images):
        for c in range(channels):
            for i in range(out_height):
                for j in range(out_width):
                    rows = slice(i * stride, i * stride + kernel_size)
                    columns = slice(j * stride, j * stride + kernel_size)
                    # Added, not set: another window may have sent something here already.
                    grad_x[n, c, rows, columns] += grad_output[n, c, i, j] / kernel_size**2
    return grad_x
