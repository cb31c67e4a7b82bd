"""The gradient of average pooling: each window shares its gradient out evenly."""

import numpy as np


def avg_pool2d_backward(grad_output, x, kernel_size, stride=None):
    """Return the gradient with respect to x, shape (N, C, H, W)."""
    if stride is None:
        stride = kernel_size
    out_height, out_width = grad_output.shape[2:]
    shares = grad_output / kernel_size**2
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for i in range(out_height):
        for j in range(out_width):
            rows = slice(i * stride, i * stride + kernel_size)
            columns = slice(j * stride, j * stride + kernel_size)
            # The two axes of length 1 are stretched over the window.
            grad_x[:, :, rows, columns] += shares[:, :, i : i + 1, j : j + 1]
    return grad_x
