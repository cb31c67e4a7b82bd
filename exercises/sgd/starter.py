"""Exercise sgd: `grade show sgd` prints the task."""

import numpy as np  # noqa: F401


def sgd(param, sample_grads, learning_rate=0.01):
    """Return the weights after one step over a batch.

    param - learning_rate * sum of the gradients of the batch's samples.

    Arguments:
        param: the weights before the step, float array of any shape
        sample_grads: the gradients of the samples, one after another: float array of shape
            (B, shape of param)
        learning_rate: the length of a step

    Returns:
        float array of the shape of param. Do not change `param` itself.

    Example: the weight 1 and the gradients 1 and 2 give 0.7 with learning_rate=0.1.
    """
    raise NotImplementedError("sgd is not written yet")
