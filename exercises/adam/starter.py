"""Exercise adam: `grade show adam` prints the task."""

import numpy as np  # noqa: F401


def adam(
    param,
    grad,
    state,
    learning_rate=0.001,
    betas=(0.9, 0.999),
    eps=1e-8,
    bias_correction=True,
    eps_inside_sqrt=False,
):
    """Return the weights after one step of Adam, and the new state.

    m = betas[0] * m + (1 - betas[0]) * grad and v = betas[1] * v + (1 - betas[1]) * grad**2, both 0
    before the first step; then param - learning_rate * m / (sqrt(v) + eps).

    Arguments:
        param: the weights before the step, float array of any shape
        grad: the gradient at these weights, of the same shape
        state: None at the first step; later whatever you returned as the state of the last step
        learning_rate: the length of a step
        betas: how much of the two averages is kept
        eps: a small number
        bias_correction: whether m and v are divided by 1 - betas[0]**t and 1 - betas[1]**t in the
            step, where t = 1 at the first step
        eps_inside_sqrt: whether the root is sqrt(v + eps), with nothing added to it

    Returns:
        the pair (new weights, new state). The state is yours: keep in it what you need for the
        next step. Do not change `param` and `grad` themselves.

    Example: with learning_rate=0.5 and eps=0 the weight 1 and the gradient 4 give 0.5 at the first
    step, whatever the betas, if the bias is corrected.
    """
    raise NotImplementedError("adam is not written yet")
