"""Exercise mlp_backward: `grade show mlp_backward` prints the task."""

import numpy as np  # noqa: F401


def mlp_backward(x, y, parameters):
    """Return the gradients of the loss with respect to all weights and biases.

    The network is relu(x @ weight1 + bias1) @ weight2 + bias2, the loss the sum of its squared
    errors over all samples and outputs.

    Arguments:
        x: the samples, float array of shape (N, I)
        y: their targets, float array of shape (N, J)
        parameters: [[weight1, bias1], [weight2, bias2]] of the shapes (I, H), (H,), (H, J), (J,)

    Returns:
        [[grad_weight1, grad_bias1], [grad_weight2, grad_bias2]], each of the shape of what it is
        the gradient of

    Example: the sample [1] with the target [0], weight1 [[2]], weight2 [[3]] and no bias: the
    output is 6, so grad_weight2 is [[2 * 6 * 2]] and grad_weight1 is [[2 * 6 * 3 * 1]].
    """
    raise NotImplementedError("mlp_backward is not written yet")
