"""Exercise neuron: `grade show neuron` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def neuron(x, w, b, activation):
    """Return g(sum_j w_j * x_j + b).

    Arguments:
        x: array of I inputs.
        w: array of I weights.
        b: the bias, one number.
        activation: the name of g: "linear", "relu", "tanh" or "sigmoid".

    Returns: one number.

    Example:
        neuron(np.array([2.0, 1.0]), np.array([3.0, -4.0]), 0.5, "relu") gives 2.5.
    """
    raise NotImplementedError("neuron is not written yet")
