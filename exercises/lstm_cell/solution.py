"""One step of a long short-term memory, gate by gate."""

import numpy as np


def lstm_cell(x, h, c, weights, biases):
    """Return the next hidden state and the next cell state, each (N, H)."""
    both = np.concatenate([h, x], axis=1)
    total = {name: both @ weights[name].T + biases[name] for name in weights}

    written = sigmoid(total["input"]) * np.tanh(total["candidate"])
    kept = sigmoid(total["forget"]) * c
    c = written + kept
    return sigmoid(total["output"]) * np.tanh(c), c


def sigmoid(a):
    """Return 1 / (1 + exp(-a))."""
    return 1 / (1 + np.exp(-a))
