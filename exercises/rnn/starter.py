"""Exercise rnn: `grade show rnn` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def rnn(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Return the states of a recurrent network that reads sequences.

    h_t = tanh(weight_hh · h_{t-1} + weight_ih · x_t + bias)

    Arguments:
        x: N sequences of T steps with I numbers each, float array of shape (N, T, I).
        weight_ih: shape (H, I), from the input to the state.
        weight_hh: shape (H, H), from the last state to the next.
        bias: shape (H,).
        h: the state before the first step, shape (N, H); None for zeros.
        return_sequences: whether to return all states or the last alone.

    Returns: the states after each step, shape (N, T, H), if return_sequences is true, else the
        state after the last step, shape (N, H).

    Example: with weight_ih = [[1.0]], weight_hh = [[0.5]] and bias = [0.0], the sequence
        [[[0.6931], [0.7986], [-0.4]]] gives the states [[[0.6], [0.8], [0.0]]] (rounded).
    """
    raise NotImplementedError("rnn is not written yet")
