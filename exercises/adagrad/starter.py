"""Exercise adagrad: `grade show adagrad` prints the task."""

import numpy as np  # noqa: F401


def adagrad(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Return the weights after one step of Adagrad, and the new state.

    param - learning_rate * grad / sqrt(eps + sum of grad**2 over all steps, this one included),
    element by element.

    Arguments:
        param: the weights before the step, float array of any shape
        grad: the gradient at these weights, of the same shape
        state: None at the first step; later whatever you returned as the state of the last step
        learning_rate: the length of a step
        eps: a small number under the root

    Returns:
        the pair (new weights, new state). The state is yours: keep in it what you need for the
        next step. Do not change `param` and `grad` themselves.

    Example: with learning_rate=0.5 and eps=0 the weight 1 and the gradient 3 give 0.5 at the first
    step; a gradient of 4 gives 0.1 at the second.
    """
    raise NotImplementedError("adagrad is not written yet")
