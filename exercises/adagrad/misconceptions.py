"""Believable mistakes in adagrad; each docstring carries the hint that a student reads.

Where nothing else is said the state is the sum of all squared gradients.
"""

import numpy as np


def _with(state, grad):
    """Correct: the sum with this step's squares in it."""
    return grad**2 if state is None else state + grad**2


def epsilon_outside_the_root(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Adds epsilon to the root, as PyTorch and Keras do.

    You add ε to the root. In the lecture it stands under the root, together with the sum.
    """
    squares = _with(state, grad)
    return param - learning_rate * grad / (np.sqrt(squares) + eps), squares


def earlier_gradients_forgotten(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Divides by the present gradient alone.

    Every one of your steps is as long as the first: you divide by the size of the present gradient
    alone. Which gradients has this weight seen before?
    """
    return param - learning_rate * grad / np.sqrt(eps + grad**2), None


def square_of_the_sum(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Sums the gradients and squares the sum.

    You square the sum of the gradients. Gradients to and fro cancel out in it; the sum of their
    squares only grows.
    """
    total = grad if state is None else state + grad
    return param - learning_rate * grad / np.sqrt(eps + total**2), total


def root_left_out(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Divides by the sum instead of its root.

    You divide by the sum of the squares. Only its root has the size of a gradient: what would a
    gradient ten times as large do to your step?
    """
    squares = _with(state, grad)
    return param - learning_rate * grad / (eps + squares), squares


def present_gradient_left_out(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Divides by the sum of the step before.

    The present gradient is missing in your sum, so the first step is divided by √ε alone and is
    far too long. Update the sum first, then take the step.
    """
    before = 0 * grad if state is None else state
    with np.errstate(all="ignore"):
        step = np.where(grad == 0, 0, learning_rate * grad / np.sqrt(eps + before))
    return param - step.astype(param.dtype), before + grad**2


def absolute_values_summed(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Sums the absolute values instead of the squares.

    You sum the absolute values of the gradients. The formula sums their squares, and takes the
    root of the whole at the end.
    """
    total = np.abs(grad) if state is None else state + np.abs(grad)
    return param - learning_rate * grad / (np.sqrt(eps) + total), total


def uphill(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Adds the step instead of subtracting it.

    Your weights climb: the gradient points uphill, and the step goes against it.
    """
    squares = _with(state, grad)
    return param + learning_rate * grad / np.sqrt(eps + squares), squares


def one_sum_for_all_weights(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Sums the squares over all weights.

    Your weights share one sum, so all of them get the same learning rate. Each weight has a sum of
    its own.
    """
    squares = np.sum(grad**2) + (0 if state is None else state)
    step = learning_rate * grad / np.sqrt(eps + squares)
    return param - step.astype(param.dtype), squares


def mean_of_the_squares(param, grad, state, learning_rate=0.01, eps=1e-8):
    """Divides the sum by the number of steps.

    You take the mean of the squares. Adagrad's sum is not divided by the number of steps: its
    steps become shorter and shorter.
    """
    squares, steps = (0, 0) if state is None else state
    squares, steps = squares + grad**2, steps + 1
    return param - learning_rate * grad / np.sqrt(eps + squares / steps), (squares, steps)
