"""The matrix of a convolution: for each window, put every weight under the pixel it meets."""

import numpy as np


def conv_matrix(weight, input_size, stride=1, padding=(0, 0)):
    """Return the matrix, shape (outH * outW, H * W)."""
    height, width = input_size
    kernel_height, kernel_width = weight.shape
    above, left = padding
    out_height = (height + 2 * above - kernel_height) // stride + 1
    out_width = (width + 2 * left - kernel_width) // stride + 1

    matrix = np.zeros((out_height * out_width, height * width), dtype=weight.dtype)
    for i in range(out_height):
        for j in range(out_width):
            for u in range(kernel_height):
                for v in range(kernel_width):
                    row = i * stride + u - above
                    column = j * stride + v - left
                    # What lies in the padding has no column: it would be multiplied by zero.
                    if 0 <= row < height and 0 <= column < width:
                        matrix[i * out_width + j, row * width + column] = weight[u, v]
    return matrix
