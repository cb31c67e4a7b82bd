"""Exercise train_on_table: `grade show train_on_table` prints the task."""

import numpy as np  # noqa: F401


def train_on_table(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Return the cost before each step of gradient descent, and after the last.

    The network is relu(x @ weight1 + bias1) @ weight2 + bias2, the cost the sum of its squared
    errors over all samples and outputs. A step moves all weights and biases against the gradient
    of the cost of the whole table.

    Arguments:
        x: the samples, float array of shape (N, I)
        y: their targets, float array of shape (N, J)
        weight1, bias1: the hidden layer to begin with, float arrays of shape (I, H) and (H,)
        weight2, bias2: the output layer to begin with, float arrays of shape (H, J) and (J,)
        learning_rate: the length of a step
        steps: how many steps are taken, possibly 0

    Returns:
        float array of shape (steps + 1,)

    Example: the sample [2] with the target [4], weight1 [[1]], bias1 [0], weight2 [[0.5]] and
    bias2 [1] give the cost 4, and [4, 0.3025] with learning_rate=0.05 and steps=1.
    """
    raise NotImplementedError("train_on_table is not written yet")
