"""Exercise gradient_through_layers.

`grade show gradient_through_layers` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def gradient_through_layers(x, weights, activation):
    """Return how the output of a chain of neurons changes with the input of each layer.

    The neuron of layer l computes a_l = g(w_l * a_{l-1}), and a_0 is x.

    Arguments:
        x: one number, the input of the first layer.
        weights: array of L floats, the weight of each layer from the first to the last.
        activation: g in every layer: "linear", "relu", "tanh" or "sigmoid".

    Returns: an array of L floats, the derivatives of a_L with respect to a_0, a_1, ..., a_{L-1}.

    Example:
        gradient_through_layers(1.0, np.array([2.0, 3.0, 0.5]), "relu") gives [3.0, 1.5, 0.5].
    """
    raise NotImplementedError("gradient_through_layers is not written yet")
