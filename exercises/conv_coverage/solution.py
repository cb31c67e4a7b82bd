"""How many windows see each pixel: lay every window down and count."""

import numpy as np


def conv_coverage(input_size, kernel_size, stride=1, padding=0):
    """Return the number of windows over each pixel, shape (height, width)."""
    height, width = input_size
    out_height = (height + 2 * padding - kernel_size) // stride + 1
    out_width = (width + 2 * padding - kernel_size) // stride + 1

    seen = np.zeros((height + 2 * padding, width + 2 * padding), dtype=int)
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * stride, j * stride
            seen[top : top + kernel_size, left : left + kernel_size] += 1
    # The windows were laid on the padded image; only the pixels of the image are asked for.
    return seen[padding : padding + height, padding : padding + width]
