"""An inception block, written from its definition: four branches, one concatenation."""

import numpy as np


def inception_block(x, weight1, weight3, weight5, weight_pool):
    """Return the maps of the four branches, concatenated along the channels."""
    branches = [
        convolve(x, weight1),
        convolve(x, weight3),
        convolve(x, weight5),
        convolve(pool3x3(x), weight_pool),
    ]
    return np.maximum(np.concatenate(branches, axis=1), 0)


def convolve(x, weight):
    """Return the cross-correlation with as much zero padding as keeps height and width."""
    images, _, height, width = x.shape
    filters, _, size, _ = weight.shape
    padded = pad(x, (size - 1) // 2, 0)
    out = np.zeros((images, filters, height, width), dtype=x.dtype)
    for n in range(images):
        for o in range(filters):
            for i in range(height):
                for j in range(width):
                    window = padded[n, :, i : i + size, j : j + size]
                    out[n, o, i, j] = np.sum(window * weight[o])
    return out


def pool3x3(x):
    """Return the largest value of each pixel and its neighbours."""
    padded = pad(x, 1, -np.inf)  # minus infinity never wins
    out = np.zeros_like(x)
    for i in range(x.shape[2]):
        for j in range(x.shape[3]):
            out[:, :, i, j] = np.max(padded[:, :, i : i + 3, j : j + 3], axis=(2, 3))
    return out


def pad(x, width, value):
    """Return x with so many rows and columns of the value on each of its four sides."""
    sides = ((0, 0), (0, 0), (width, width), (width, width))
    return np.pad(x, sides, constant_values=value)
