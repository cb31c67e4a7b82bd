"""A network of two layers, written from its definition: unit by unit."""

import numpy as np


def mlp_forward(x, parameters):
    """Return the tuple (hidden, output)."""
    (weight1, bias1), (weight2, bias2) = parameters
    hidden = np.maximum(weighted_sums(x, weight1, bias1), 0)
    output = weighted_sums(hidden, weight2, bias2)
    return hidden, output


def weighted_sums(x, weight, bias):
    """Return a layer without its activation: one column for each unit."""
    columns = [np.sum(x * weight[:, j], axis=1) + bias[j] for j in range(len(bias))]
    return np.stack(columns, axis=1)
