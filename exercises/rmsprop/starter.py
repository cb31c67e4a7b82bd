"""Exercise rmsprop: `grade show rmsprop` prints the task."""

import numpy as np  # noqa: F401


def rmsprop(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Return the weights after one step of RMSprop, and the new state.

    s = alpha * s + (1 - alpha) * grad**2, then param - learning_rate * grad / sqrt(eps + s),
    element by element; s is 0 before the first step.

    Arguments:
        param: the weights before the step, float array of any shape
        grad: the gradient at these weights, of the same shape
        state: None at the first step; later whatever you returned as the state of the last step
        learning_rate: the length of a step
        alpha: how much of the average is kept, from 0 to below 1
        eps: a small number under the root

    Returns:
        the pair (new weights, new state). The state is yours: keep in it what you need for the
        next step. Do not change `param` and `grad` themselves.

    Example: with learning_rate=0.5, alpha=0.75 and eps=0 the weight 1 and the gradient 2 give 0 at
    the first step.
    """
    raise NotImplementedError("rmsprop is not written yet")
