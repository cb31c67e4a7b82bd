"""Exercise lstm_cell: `grade show lstm_cell` prints the task."""

import numpy as np  # noqa: F401


def lstm_cell(x, h, c, weights, biases):
    """Return the hidden state and the cell state of a long short-term memory after one step.

    The gates are sigmoids and the candidate is a tanh of W · [h, x] + b;
    the new cell state is input gate * candidate + forget gate * c;
    the new hidden state is output gate * tanh(new cell state).

    Arguments:
        x: the input of this step, float array of shape (N, I).
        h: the hidden state after the last step, shape (N, H).
        c: the cell state after the last step, shape (N, H).
        weights: a dict with the keys "input", "forget", "candidate" and "output"; each value is an
            array of shape (H, H + I), whose first H columns are for h.
        biases: a dict with the same keys; each value is an array of shape (H,).

    Returns: the tuple (new hidden state, new cell state), each of shape (N, H).

    Example: when all weights and biases are zero the gates are 1/2 and the candidate is 0, so that
        the cell state [[8.0]] becomes [[4.0]], and the hidden state tanh(4) / 2.
    """
    raise NotImplementedError("lstm_cell is not written yet")
