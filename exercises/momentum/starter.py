"""Exercise momentum: `grade show momentum` prints the task."""

import numpy as np  # noqa: F401


def momentum(param, grad, state, learning_rate=0.01, momentum=0.9):
    """Return the weights after one step of gradient descent with momentum, and the new state.

    W[t+1] = W[t] + momentum * (W[t] - W[t-1]) + (1 - momentum) * (-learning_rate * gradient),
    where W[-1] = W[0]: at the first step there is no earlier move.

    Arguments:
        param: the weights before the step, W[t], float array of any shape
        grad: the gradient at these weights, of the same shape
        state: None at the first step; later whatever you returned as the state of the last step
        learning_rate: the length of a step
        momentum: how much of the last move is kept, from 0 to below 1

    Returns:
        the pair (new weights, new state). The state is yours: keep in it what you need for the
        next step. Do not change `param` and `grad` themselves.

    Example: with learning_rate=0.1 and momentum=0.9 the weight 1 and the gradient 10 give 0.9
    at the first step; a gradient of 0 at the second step gives 0.81.
    """
    raise NotImplementedError("momentum is not written yet")
