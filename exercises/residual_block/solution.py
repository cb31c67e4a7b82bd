"""A residual block, written from its definition: two convolutions and a shortcut."""

import numpy as np


def residual_block(x, weight1, bias1, weight2, bias2):
    """Return relu(F(x) + x) in the shape of x."""
    hidden = relu(conv3x3(x, weight1, bias1))
    residual = conv3x3(hidden, weight2, bias2)
    return relu(residual + x)


def relu(x):
    """Return x where it is positive, else 0."""
    return np.maximum(x, 0)


def conv3x3(x, weight, bias):
    """Return the cross-correlation with zero padding of 1: height and width stay."""
    images, _, height, width = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    out = np.zeros((images, len(weight), height, width), dtype=x.dtype)
    for n in range(images):
        for o in range(len(weight)):
            for i in range(height):
                for j in range(width):
                    window = padded[n, :, i : i + 3, j : j + 3]
                    out[n, o, i, j] = np.sum(window * weight[o]) + bias[o]
    return out
