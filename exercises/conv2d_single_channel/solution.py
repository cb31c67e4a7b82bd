"""The convolution of one channel, written from its definition: one window, one sum of products."""

import numpy as np


def conv2d_single_channel(image, kernel, mode="valid"):
    """Return the sum of pixel times weight under every window."""
    kernel_height, kernel_width = kernel.shape
    if mode == "same":
        rows, columns = kernel_height - 1, kernel_width - 1  # how many zeros each axis gets
        top, left = rows // 2, columns // 2  # of an odd number, the larger half comes last
        image = np.pad(image, ((top, rows - top), (left, columns - left)))

    out_height = image.shape[0] - kernel_height + 1
    out_width = image.shape[1] - kernel_width + 1
    out = np.zeros((out_height, out_width), dtype=image.dtype)
    for i in range(out_height):
        for j in range(out_width):
            window = image[i : i + kernel_height, j : j + kernel_width]
            out[i, j] = np.sum(window * kernel)
    return out
