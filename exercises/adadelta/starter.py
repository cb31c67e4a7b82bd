"""Exercise adadelta: `grade show adadelta` prints the task."""

import numpy as np  # noqa: F401


def adadelta(param, grad, state, rho=0.9, eps=1e-6):
    """Return the weights after one step of Adadelta, and the new state.

    With G the moving average of grad**2 and D that of the squared steps, both 0 before the first
    step: update G, take the step grad * sqrt(D + eps) / sqrt(G + eps), update D with it.

    Arguments:
        param: the weights before the step, float array of any shape
        grad: the gradient at these weights, of the same shape
        state: None at the first step; later whatever you returned as the state of the last step
        rho: how much of the averages is kept, from 0 to below 1
        eps: a small number under both roots

    Returns:
        the pair (new weights, new state). The state is yours: keep in it what you need for the
        next step. Do not change `param` and `grad` themselves.

    Example: with rho=0.75 and eps=0.25 the weight 1 and the gradient 0.75 give 0.4.
    """
    raise NotImplementedError("adadelta is not written yet")
