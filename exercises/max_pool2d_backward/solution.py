"""The gradient of max pooling: each window sends its gradient to its winner."""

import numpy as np


def max_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient with respect to x, shape (N, C, H, W)."""
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
                    # argmax gives the first of equal values, counted row by row.
                    row, column = np.unravel_index(np.argmax(window), window.shape)
                    grad_x[n, c, top + row, left + column] += grad_output[n, c, i, j]
    return grad_x
