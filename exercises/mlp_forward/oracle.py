"""The network as a sum over its paths: only units that are awake pass anything on.

Each bias is the weight of one more input, which is always 1. A unit that is asleep loses its column
of the first layer, so what is left of the network is linear.
"""

import numpy as np


def mlp_forward(x, parameters):
    """Return the tuple (hidden, output), computed in float64."""
    first, second = (np.vstack([weight, bias]).astype(np.float64) for weight, bias in parameters)
    inputs = _with_one(np.asarray(x, np.float64))
    awake = np.einsum("ni,ih->nh", inputs, first) > 0

    hidden = np.einsum("ni,ih,nh->nh", inputs, first, awake)
    output = np.einsum("ni,ih,nh,hj->nj", inputs, first, awake, second[:-1]) + second[-1]
    return hidden, output


def _with_one(x):
    return np.append(x, np.ones((len(x), 1)), axis=1)
