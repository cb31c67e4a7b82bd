"""DenseNet's block, layer by layer."""

import numpy as np


def dense_block(x, layer_weights, transition_weight=None):
    """Return x and the maps of all layers, or the smaller maps of the transition layer."""
    features = x
    for weight in layer_weights:
        new = convolve(np.maximum(features, 0), weight)
        features = np.concatenate([features, new], axis=1)
    if transition_weight is None:
        return features
    return pool(convolve(features, transition_weight))


def convolve(x, weight):
    """Return the convolution of x with square kernels, padded so that height and width stay."""
    size = weight.shape[-1]
    side = size // 2
    padded = np.pad(x, ((0, 0), (0, 0), (side, side), (side, side)))
    out = np.zeros((len(x), len(weight), *x.shape[2:]), dtype=x.dtype)
    for n, o, i, j in np.ndindex(*out.shape):
        out[n, o, i, j] = np.sum(padded[n, :, i : i + size, j : j + size] * weight[o])
    return out


def pool(x):
    """Return the mean of each window of 2 x 2."""
    images, channels, height, width = x.shape
    out = np.zeros((images, channels, height // 2, width // 2), dtype=x.dtype)
    for i, j in np.ndindex(*out.shape[2:]):
        out[:, :, i, j] = x[:, :, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].mean(axis=(2, 3))
    return out
