"""The step number by number: one unit of one sample at a time, without matrices.

The sigmoid is a tanh in disguise, σ(a) = (1 + tanh(a/2)) / 2, so nothing here is an exponential.
"""

from math import fsum, tanh

import numpy as np


def lstm_cell(x, h, c, weights, biases):
    """Return the next hidden state and the next cell state, each (N, H)."""
    hidden, cell = np.empty(h.shape), np.empty(h.shape)
    for n, k in np.ndindex(h.shape):
        row = [*h[n].tolist(), *x[n].tolist()]
        total = {name: _total(weights[name][k], row, biases[name][k]) for name in weights}
        written = _gate(total["input"]) * tanh(total["candidate"])
        cell[n, k] = written + _gate(total["forget"]) * float(c[n, k])
        hidden[n, k] = _gate(total["output"]) * tanh(cell[n, k])
    return hidden, cell


def _total(weights, row, bias):
    products = [w * value for w, value in zip(weights.tolist(), row, strict=True)]
    return fsum([*products, float(bias)])


def _gate(a):
    return (1 + tanh(a / 2)) / 2
