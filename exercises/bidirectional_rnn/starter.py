"""Exercise bidirectional_rnn: `grade show bidirectional_rnn` prints the task."""

import numpy as np  # noqa: F401


def bidirectional_rnn(
    x, weight_ih, weight_hh, bias, weight_ih_reverse, weight_hh_reverse, bias_reverse
):
    """Return the states of two recurrent networks that read sequences in opposite directions.

    forwards:  f_t = tanh(weight_hh · f_{t-1} + weight_ih · x_t + bias), from the first step on;
    backwards: r_t, from the last step on, with the weights that end in _reverse;
    the result has f_t and then r_t at each step. Both networks begin with zeros.

    Arguments:
        x: N sequences of T steps with I numbers each, float array of shape (N, T, I).
        weight_ih, weight_ih_reverse: shape (H, I), from the input to the state.
        weight_hh, weight_hh_reverse: shape (H, H), from one state to the next.
        bias, bias_reverse: shape (H,).

    Returns: float array of shape (N, T, 2H).

    Example: with the weights 1 and 1 forwards, -1 and 1 backwards, and biases of zero the sequence
        [[[0.0], [0.6931], [0.0]]] gives
        [[[0.0, -0.5370], [0.6, -0.6], [0.5370, 0.0]]] (rounded).
    """
    raise NotImplementedError("bidirectional_rnn is not written yet")
