"""Exercise gru_cell: `grade show gru_cell` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def gru_cell(x, h, weight_ih, weight_hh, bias_ih=None):
    """Return the state of a gated recurrent unit after one step.

    G_r, G_u = the reset gate and the update gate, sigmoids of the input and the state;
    the candidate is a tanh of the input and of G_r * h;
    the new state is G_u * candidate + (1 - G_u) * h.

    Arguments:
        x: the input of this step, float array of shape (N, I).
        h: the state after the last step, shape (N, H).
        weight_ih: shape (3H, I): H rows for the reset gate, H for the update gate, H for the
            candidate.
        weight_hh: shape (3H, H), rows alike.
        bias_ih: shape (3H,), alike; None for zeros.

    Returns: the state after this step, shape (N, H).

    Example: when all weights are zero both gates are 1/2 and the candidate is 0, so that the state
        [[8.0]] becomes [[4.0]].
    """
    raise NotImplementedError("gru_cell is not written yet")
