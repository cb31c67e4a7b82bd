"""The gradient of max pooling, written from its definition: each window pays its winner."""

import numpy as np


def max_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient of the loss with respect to x, shape (N, C, H, W)."""
    if stride is None:
        stride = kernel_size
    images, channels, out_height, out_width = grad_output.shape

    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for n in range(images):
        for c in range(channels):
            for i in range(out_height):
                for j in range(out_width):
                    top, left = i * stride, j * stride
                    window = x[n, c, top : top + kernel_size, left : left + kernel_size]
                    # argmax reads row by row and stops at the first of equal numbers.
                    u, v = np.unravel_index(np.argmax(window), window.shape)
                    # Added, not set: the pixel may have won another window already.
                    grad_x[n, c, top + u, left + v] += grad_output[n, c, i, j]
    return grad_x
