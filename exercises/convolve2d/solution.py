"""The true convolution: turn the kernels, then one window, one sum of products."""

import numpy as np


def convolve2d(x, weight, bias=None, padding=0):
    """Return the convolution of each image with each filter, shape (N, O, outH, outW)."""
    images, _, height, width = x.shape
    filters, _, kernel_height, kernel_width = weight.shape
    out_height = height + 2 * padding - kernel_height + 1
    out_width = width + 2 * padding - kernel_width + 1

    turned = weight[:, :, ::-1, ::-1]  # the last two axes alone: rows and columns
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((images, filters, out_height, out_width), dtype=x.dtype)
    for n in range(images):
        for o in range(filters):
            for i in range(out_height):
                for j in range(out_width):
                    window = padded[n, :, i : i + kernel_height, j : j + kernel_width]
                    out[n, o, i, j] = np.sum(window * turned[o])
            if bias is not None:
                out[n, o] += bias[o]
    return out
