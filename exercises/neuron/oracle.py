"""One neuron by exact addition; the sigmoid by way of tanh, and tanh by way of exp(z) - 1."""

import math


def neuron(x, w, b, activation):
    """Return g of the sum of the products and the bias, rounded once."""
    products = [float(weight) * float(value) for weight, value in zip(w, x, strict=True)]
    return _ACTIVATIONS[activation](math.fsum([*products, float(b)]))


def _tanh(z):
    grown = math.expm1(2 * abs(z))
    return math.copysign(grown / (grown + 2), z)


_ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: z if z > 0 else 0.0,
    "tanh": _tanh,
    "sigmoid": lambda z: (1 + _tanh(z / 2)) / 2,
}
