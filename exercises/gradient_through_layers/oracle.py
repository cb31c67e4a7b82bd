"""The gradients without the chain rule: the chain is run from each layer with a tiny step.

The step goes in the imaginary direction: f(a + ih) = f(a) + ih f'(a) + O(h²), so the imaginary part
divided by h is the derivative. Nothing is subtracted: h may be so small that the rest vanishes.
"""

import numpy as np

STEP = 1e-30


def gradient_through_layers(x, weights, activation):
    """Return d a_L / d a_l for l = 0 .. L-1."""
    g = _ACTIVATIONS[activation]
    weights = np.asarray(weights, dtype=np.float64)
    inputs = [complex(x)]
    for w in weights[:-1]:
        inputs.append(g(w * inputs[-1]))
    rest = [weights[layer:] for layer in range(len(weights))]
    return np.array([_slope(g, a, after) for a, after in zip(inputs, rest, strict=True)])


def _slope(g, a, weights):
    """Return the derivative of the output with respect to a, which goes through these weights."""
    a = a + 1j * STEP
    for w in weights:
        a = g(w * a)
    return a.imag / STEP


_ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: z if z.real > 0 else 0 * z,
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}
