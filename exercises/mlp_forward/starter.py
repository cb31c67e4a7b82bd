"""Exercise mlp_forward: `grade show mlp_forward` prints the task."""

import numpy as np  # noqa: F401


def mlp_forward(x, parameters):
    """Return what the hidden units and the outputs of a network of two layers say.

    Arguments:
        x: array of N samples of I inputs, shape (N, I)
        parameters: a list of two pairs, [[weight1, bias1], [weight2, bias2]], with arrays of the
            shapes (I, H), (H,), (H, J) and (J,)

    Returns: the tuple (hidden, output): arrays of shape (N, H) and (N, J). The hidden units end
    with relu, the outputs are linear.

    Example: x = [[2.0]] with weight1 = [[1.0, -1.0]], bias1 = [0.0, 0.0], weight2 = [[1.0], [1.0]]
    and bias2 = [0.5] gives hidden = [[2.0, 0.0]] and output = [[2.5]].
    """
    raise NotImplementedError("mlp_forward is not written yet")
