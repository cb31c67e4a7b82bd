"""Both sides of the equation, computed as they are written."""

import numpy as np


def shift_equivariance(image, kernel, shift):
    """Return (shifted_first, convolved_first, inside), each of shape (outH, outW)."""
    shifted_first = convolved(shifted(image, shift), kernel)
    convolved_first = shifted(convolved(image, kernel), shift)
    # The windows of the first image, all of them good, move like their numbers do.
    inside = shifted(np.ones(convolved_first.shape, dtype=bool), shift)
    return shifted_first, convolved_first, inside


def convolved(image, kernel):
    """Return the map of the image: stride 1, no padding, the kernel not flipped."""
    kernel_height, kernel_width = kernel.shape
    out_height = image.shape[0] - kernel_height + 1
    out_width = image.shape[1] - kernel_width + 1
    out = np.zeros((out_height, out_width))
    for i in range(out_height):
        for j in range(out_width):
            out[i, j] = np.sum(kernel * image[i : i + kernel_height, j : j + kernel_width])
    return out


def shifted(x, shift):
    """Return the array, moved down and to the right; zeros (False) come in."""
    down, right = shift
    height, width = x.shape
    out = np.zeros_like(x)
    for r in range(height):
        for c in range(width):
            if 0 <= r - down < height and 0 <= c - right < width:
                out[r, c] = x[r - down, c - right]
    return out
