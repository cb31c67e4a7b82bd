"""One neuron, from its definition."""

import numpy as np


def neuron(x, w, b, activation):
    """Return g(w · x + b)."""
    z = np.sum(w * x) + b
    if activation == "linear":
        return z
    if activation == "relu":
        return max(z, 0.0)
    if activation == "tanh":
        return np.tanh(z)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    raise ValueError(f"unknown activation {activation!r}")
