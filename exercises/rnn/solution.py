"""A recurrent network: one loop over the steps, all sequences at once."""

import numpy as np


def rnn(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Return all states (N, T, H), or the last one (N, H)."""
    sequences, steps, _ = x.shape
    if h is None:
        h = np.zeros((sequences, len(bias)), dtype=x.dtype)

    states = []
    for t in range(steps):
        # The sequences are rows: h @ W.T has in row n what W · h is for sequence n.
        h = np.tanh(h @ weight_hh.T + x[:, t] @ weight_ih.T + bias)
        states.append(h)
    return np.stack(states, axis=1) if return_sequences else h
