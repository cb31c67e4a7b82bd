"""A bidirectional recurrent network: one pass, and the same on the sequence turned round."""

import numpy as np


def bidirectional_rnn(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Return the forward and the backward states side by side, (N, T, 2H)."""
    forwards = one_pass(x, weight_ih, weight_hh, bias)
    backwards = one_pass(x[:, ::-1], weight_ih_reverse, weight_hh_reverse, bias_reverse)
    # The backward states come last step first: turned round, they meet their own steps.
    return np.concatenate([forwards, backwards[:, ::-1]], axis=2)


def one_pass(x, weight_ih, weight_hh, bias):
    """Return the states after each step, (N, T, H)."""
    h = np.zeros((x.shape[0], len(bias)), dtype=x.dtype)
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(h @ weight_hh.T + x[:, t] @ weight_ih.T + bias)
        states.append(h)
    return np.stack(states, axis=1)
