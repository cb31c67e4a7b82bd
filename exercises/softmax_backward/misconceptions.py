"""Believable mistakes in the gradient of softmax, and the hint that each one earns."""

import numpy as np


def _softmax(x, axis):
    exponentials = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return exponentials / np.sum(exponentials, axis=axis, keepdims=True)


def _backward(grad_output, p, axis):
    """The right gradient for probabilities p that are given."""
    return p * (grad_output - np.sum(p * grad_output, axis=axis, keepdims=True))


def diagonal_alone(grad_output, x, axis=-1):
    """Multiplies by p(1 - p), the derivative of each probability by its own score.

    You use p(1 - p), which is what a score does to its own probability. It also takes from all the
    others: the gradients of those belong into the sum too.
    """
    p = _softmax(x, axis)
    return grad_output * p * (1 - p)


def gradient_of_the_cross_entropy(grad_output, x, axis=-1):
    """Returns p - grad_output, as if the gradient were a target.

    You return p minus the incoming gradient. p - t is the gradient of softmax and cross-entropy
    together, with a target t; here any gradient comes in, and softmax stands alone.

    No case passes: the right answer is p times a difference, and no gradient here makes them equal.
    """
    return _softmax(x, axis) - grad_output


def sum_without_the_probabilities(grad_output, x, axis=-1):
    """Subtracts the plain sum of the gradients.

    You subtract the plain sum of the gradients. In the sum each gradient is weighted with the
    probability of its class.
    """
    return _softmax(x, axis) * (grad_output - np.sum(grad_output, axis=axis, keepdims=True))


def plain_mean_subtracted(grad_output, x, axis=-1):
    """Subtracts the mean of the gradients in which all classes count alike.

    You subtract the plain mean of the gradients. In the formula a likely class counts for more
    than an unlikely one.
    """
    return _softmax(x, axis) * (grad_output - np.mean(grad_output, axis=axis, keepdims=True))


def probability_in_front_forgotten(grad_output, x, axis=-1):
    """Returns grad_output - sum(p * grad_output), without the factor p.

    Your answers do not add to 0 along the axis. The sum in the bracket is right; what stands in
    front of the bracket?
    """
    p = _softmax(x, axis)
    return grad_output - np.sum(p * grad_output, axis=axis, keepdims=True)


def scores_taken_for_probabilities(grad_output, x, axis=-1):
    """Puts x into the formula where p belongs.

    You put x where the formula has p. x are the scores: turn them into probabilities first.
    """
    return _backward(grad_output, x, axis)


def difference_turned_round(grad_output, x, axis=-1):
    """Computes p * (sum - grad_output).

    Your gradient has the right size and the opposite sign. Look at what is subtracted from what.
    """
    return -_backward(grad_output, _softmax(x, axis), axis)


def maximum_not_subtracted(grad_output, x, axis=-1):
    """Takes the exponentials of the raw scores, which overflow or all vanish.

    Your gradient is right where the softmax is, but exp(1000) is infinite in a computer and
    exp(-1000) is 0. Write the softmax so that it holds for large scores.
    """
    exponentials = np.exp(x)
    p = exponentials / np.sum(exponentials, axis=axis, keepdims=True)
    return _backward(grad_output, p, axis)


def softmax_over_the_batch(grad_output, x, axis=-1):
    """Works along axis 0, so that the samples compete instead of the classes.

    Your columns add to 0: you work along axis 0 whatever `axis` says. Its default, -1, is the last
    axis, where the classes of one sample stand.
    """
    return _backward(grad_output, _softmax(x, 0), 0)


def axis_always_last(grad_output, x, axis=-1):
    """Works along the last axis, whatever the argument says.

    Your function works along the last axis even when it is called with another `axis`. The softmax
    and the sum both need it.
    """
    return _backward(grad_output, _softmax(x, -1), -1)


def summed_over_everything(grad_output, x, axis=-1):
    """Sums p * grad_output over the whole array instead of along the axis.

    Your softmax is right, but the sum of p · g runs over the whole batch. Each sample has its own.
    """
    return _backward(grad_output, _softmax(x, axis), None)


def keepdims_forgotten(grad_output, x, axis=-1):
    """Subtracts sums that lost their axis, so that broadcasting pairs them with the columns.

    Your sums of p · g are right, but they have one axis less than the gradient, so NumPy lines
    them up with the columns instead of the rows. Print both shapes before the subtraction.
    """
    p = _softmax(x, axis)
    return p * (grad_output - np.sum(p * grad_output, axis=axis))
