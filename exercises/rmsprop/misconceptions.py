"""Believable mistakes in rmsprop; each docstring carries the hint that a student reads.

Where nothing else is said the state is the moving average of the squared gradients.
"""

import numpy as np


def _average(state, grad, alpha):
    """Correct: the average with this step's squares in it."""
    before = np.zeros_like(grad) if state is None else state
    return alpha * before + (1 - alpha) * grad**2


def epsilon_outside_the_root(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Adds epsilon to the root, as PyTorch and Keras do.

    You add ε to the root. In the lecture it stands under the root, together with the average.
    """
    average = _average(state, grad, alpha)
    with np.errstate(all="ignore"):
        step = np.where(grad == 0, 0, learning_rate * grad / (np.sqrt(average) + eps))
    return param - step.astype(param.dtype), average


def squares_summed(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Sums the squares, as Adagrad does.

    Your squares pile up: old gradients never fade. In a moving average the old average is
    multiplied by γ at every step.
    """
    before = np.zeros_like(grad) if state is None else state
    total = before + (1 - alpha) * grad**2
    return param - learning_rate * grad / np.sqrt(eps + total), total


def weights_exchanged(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Gives the weight gamma to the present gradient.

    You weigh the present square with γ and the average with 1 - γ. With γ = 0.9 the average has to
    be the heavier part.
    """
    average = _average(state, grad, 1 - alpha)
    return param - learning_rate * grad / np.sqrt(eps + average), average


def one_minus_gamma_left_out(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Adds the present square whole.

    You add the present square whole, so your average is too large. The two parts share a weight of
    one between them.
    """
    before = np.zeros_like(grad) if state is None else state
    average = alpha * before + grad**2
    return param - learning_rate * grad / np.sqrt(eps + average), average


def present_gradient_left_out(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Divides by the average of the step before, as the slide does.

    You divide by the average of the step before, so the first step is divided by √ε alone and is
    far too long. Update the average first, then take the step.
    """
    before = np.zeros_like(grad) if state is None else state
    with np.errstate(all="ignore"):
        step = np.where(grad == 0, 0, learning_rate * grad / np.sqrt(eps + before))
    return param - step.astype(param.dtype), _average(state, grad, alpha)


def root_left_out(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Divides by the average instead of its root.

    You divide by the average of the squares. Only its root has the size of a gradient.
    """
    average = _average(state, grad, alpha)
    return param - learning_rate * grad / (eps + average), average


def gradients_averaged(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Averages the gradients, and squares the average.

    You average the gradients and square the average. Gradients to and fro cancel out in it:
    square them first, then average.
    """
    before = np.zeros_like(grad) if state is None else state
    average = alpha * before + (1 - alpha) * grad
    return param - learning_rate * grad / np.sqrt(eps + average**2), average


def average_begins_with_the_first_square(
    param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8
):
    """Begins with the first squared gradient instead of zero.

    Your average begins with the first squared gradient. It begins with zero, so the first square
    counts with 1 - γ like any other.
    """
    average = grad**2 if state is None else alpha * state + (1 - alpha) * grad**2
    return param - learning_rate * grad / np.sqrt(eps + average), average


def uphill(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Adds the step instead of subtracting it.

    Your weights climb: the gradient points uphill, and the step goes against it.
    """
    average = _average(state, grad, alpha)
    return param + learning_rate * grad / np.sqrt(eps + average), average


def one_average_for_all_weights(param, grad, state, learning_rate=0.01, alpha=0.9, eps=1e-8):
    """Averages over the weights too.

    Your weights share one average, so all of them get the same learning rate. Each weight has an
    average of its own.
    """
    average = alpha * (0 if state is None else state) + (1 - alpha) * np.mean(grad**2)
    step = learning_rate * grad / np.sqrt(eps + average)
    return param - step.astype(param.dtype), average
