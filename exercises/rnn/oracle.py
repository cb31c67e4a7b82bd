"""The network asked from its end: each number of a state asks for the numbers of the state before.

Nothing is a matrix here. One unit of one sequence at one step is one sum.
"""

from functools import cache
from math import fsum, tanh

import numpy as np


def rnn(x, weight_ih, weight_hh, bias, h=None, return_sequences=False):
    """Return all states (N, T, H), or the last one (N, H)."""
    sequences, steps, _ = x.shape
    units = len(bias)

    @cache
    def state(n, t, k):
        if t == 0:
            return 0.0 if h is None else float(h[n, k])
        from_input = [float(w) * float(v) for w, v in zip(weight_ih[k], x[n, t - 1], strict=True)]
        from_state = [float(weight_hh[k, j]) * state(n, t - 1, j) for j in range(units)]
        return tanh(fsum([*from_input, *from_state, float(bias[k])]))

    wanted = range(1, steps + 1) if return_sequences else [steps]
    states = [[[state(n, t, k) for k in range(units)] for t in wanted] for n in range(sequences)]
    return np.array(states) if return_sequences else np.array(states)[:, 0]
