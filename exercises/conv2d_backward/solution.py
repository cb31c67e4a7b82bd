"""The gradients of a convolution: every window hands its gradient to what it was made from."""

import numpy as np


def conv2d_backward(grad_output, x, weight, stride=1, padding=0):
    """Return (grad_x, grad_weight, grad_bias)."""
    height, width = x.shape[2:]
    kernel_height, kernel_width = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))

    grad_padded = np.zeros_like(padded)
    grad_weight = np.zeros_like(weight)
    grad_bias = np.zeros(len(weight), dtype=weight.dtype)
    for n, o, i, j in np.ndindex(*grad_output.shape):
        rows = slice(i * stride, i * stride + kernel_height)
        columns = slice(j * stride, j * stride + kernel_width)
        gradient = grad_output[n, o, i, j]
        grad_padded[n, :, rows, columns] += gradient * weight[o]
        grad_weight[o] += gradient * padded[n, :, rows, columns]
        grad_bias[o] += gradient

    # Nobody asked for the gradient of the zeros around the image.
    grad_x = grad_padded[:, :, padding : padding + height, padding : padding + width]
    return grad_x, grad_weight, grad_bias
