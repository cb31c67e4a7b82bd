"""One step of a gated recurrent unit, in the original form."""

import numpy as np


def gru_cell(x, h, weight_ih, weight_hh, bias_ih=None):
    """Return the next state (N, H)."""
    size = h.shape[1]
    if bias_ih is None:
        bias_ih = np.zeros(3 * size, dtype=x.dtype)

    def total(part, state):
        rows = slice(part * size, (part + 1) * size)
        return x @ weight_ih[rows].T + state @ weight_hh[rows].T + bias_ih[rows]

    reset = sigmoid(total(0, h))
    update = sigmoid(total(1, h))
    # Before the product: what the reset gate closes is not seen by any unit's candidate.
    candidate = np.tanh(total(2, reset * h))
    return update * candidate + (1 - update) * h


def sigmoid(a):
    """Return 1 / (1 + exp(-a))."""
    return 1 / (1 + np.exp(-a))
