"""The gradient through a chain of neurons, by the chain rule."""

import numpy as np


def gradient_through_layers(x, weights, activation):
    """Return d a_L / d a_l for l = 0 .. L-1."""
    factors = []
    a = x
    for w in weights:
        z = w * a
        a, slope = activate(z, activation)
        factors.append(w * slope)

    # Backwards: each layer multiplies what the layers after it have let through.
    gradients = []
    gradient = 1.0
    for factor in reversed(factors):
        gradient = gradient * factor
        gradients.append(gradient)
    return np.array(gradients[::-1])


def activate(z, activation):
    """Return g(z) and g'(z)."""
    if activation == "linear":
        return z, 1.0
    if activation == "relu":
        return (z, 1.0) if z > 0 else (0.0, 0.0)
    if activation == "tanh":
        t = np.tanh(z)
        return t, 1 - t**2
    if activation == "sigmoid":
        s = 1 / (1 + np.exp(-z))
        return s, s * (1 - s)
    raise ValueError(f"unknown activation {activation!r}")
