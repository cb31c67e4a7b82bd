"""Back-propagation through two layers, formula by formula."""

import numpy as np


def mlp_backward(x, y, parameters):
    """Return [[dW1, db1], [dW2, db2]] of the summed squared errors."""
    (weight1, bias1), (weight2, bias2) = parameters
    before = x @ weight1 + bias1
    hidden = np.maximum(before, 0)
    output = hidden @ weight2 + bias2

    grad_output = 2 * (output - y)
    grad_hidden = grad_output @ weight2.T
    grad_before = grad_hidden * (before > 0)
    return [
        [x.T @ grad_before, grad_before.sum(axis=0)],
        [hidden.T @ grad_output, grad_output.sum(axis=0)],
    ]
