"""A fully connected layer, from its definition: neuron by neuron."""

import numpy as np


def dense(x, weight, bias=None):
    """Return the sums over the inputs, one for every sample and neuron."""
    outputs = weight.shape[1]
    if bias is None:
        bias = np.zeros(outputs)
    out = np.zeros((*x.shape[:-1], outputs))  # (N, J), or (J,) for one sample
    for j in range(outputs):
        out[..., j] = np.sum(x * weight[:, j], axis=-1) + bias[j]
    return out
