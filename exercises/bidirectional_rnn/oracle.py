"""Both directions as one network of 2H units, whose weights are two blocks on a diagonal.

At its s-th step this network reads step s from the left and step s from the right together. The
zeros beside the blocks keep the two halves from seeing each other.
"""

import numpy as np


def bidirectional_rnn(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Return the forward and the backward states side by side, (N, T, 2H), in float64."""
    of_input = _diagonal(weight_ih, weight_ih_reverse)
    of_state = _diagonal(weight_hh, weight_hh_reverse)
    constant = np.array([*bias, *bias_reverse], dtype=np.float64)

    sequences, steps, _ = x.shape
    units = len(bias)
    out = np.empty((sequences, steps, 2 * units))
    for n in range(sequences):
        state = np.zeros(2 * units)
        for left in range(steps):
            right = steps - 1 - left
            pair = np.array([*x[n, left], *x[n, right]], dtype=np.float64)
            state = np.tanh(of_state @ state + of_input @ pair + constant)
            out[n, left, :units] = state[:units]
            out[n, right, units:] = state[units:]
    return out


def _diagonal(first, second):
    """Return the block matrix [[first, 0], [0, second]]."""
    rows, columns = first.shape
    blocks = np.zeros((2 * rows, 2 * columns))
    blocks[:rows, :columns] = first
    blocks[rows:, columns:] = second
    return blocks
