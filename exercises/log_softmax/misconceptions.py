"""Believable mistakes in log_softmax, and the hint that each one earns."""

import numpy as np


def _log_sum(x, axis):
    """ln(sum(exp(x))) along the axis, correct for scores of any size."""
    top = np.max(x, axis=axis, keepdims=True)
    return top + np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True))


def _softmax(x, axis):
    return np.exp(x - _log_sum(x, axis))


def logarithm_of_softmax(x, axis=-1):
    """Takes the logarithm of a good softmax, which is minus infinity for rare classes.

    Your probabilities are right, but one that is too small for a float is 0, and its logarithm is
    minus infinity. Take the logarithm on paper first: what becomes of the logarithm of a quotient?
    """
    return np.log(_softmax(x, axis))


def small_number_inside_the_logarithm(x, axis=-1):
    """Adds 1e-12 to the probabilities, so that the logarithm stays finite.

    You add a small number to the probabilities before the logarithm. That changes the answer for
    rare classes: it never gets below the logarithm of your number. Take the logarithm on paper
    first, then there is nothing to guard.
    """
    return np.log(_softmax(x, axis) + 1e-12)


def maximum_not_subtracted(x, axis=-1):
    """Adds the exponentials of the raw scores, which overflow or all vanish.

    Your formula is right on paper, but exp(1000) is infinite in a computer, and the logarithm of
    a sum of zeros is minus infinity. Which number can you subtract from all the scores of a row?
    """
    return x - np.log(np.sum(np.exp(x), axis=axis, keepdims=True))


def one_maximum_for_the_whole_batch(x, axis=-1):
    """Subtracts the largest score of the whole array instead of each row's own.

    You subtract one maximum from everything: of a row far below it nothing but zeros is left to
    add. Give each row (each line along `axis`) its own maximum.
    """
    shifted = x - np.max(x)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def maximum_subtracted_in_one_place(x, axis=-1):
    """Subtracts the maximum inside the exponentials, but not from x in front.

    You shift the scores inside the sum, but take the old ones in front of it. Use the shifted
    scores in both places, or add the maximum back to the logarithm.
    """
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return x - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def logarithm_of_the_sum_forgotten(x, axis=-1):
    """Subtracts the sum of the exponentials without its logarithm.

    You subtract the sum of the exponentials itself. A quotient becomes a difference of
    logarithms: both parts get one.

    No case passes: every number is larger than its logarithm.
    """
    return x - np.exp(_log_sum(x, axis))


def logarithm_inside_the_sum(x, axis=-1):
    """Adds the logarithms of the exponentials, which is adding the scores.

    You take the logarithm of each exponential and add: that adds up the scores themselves. The
    logarithm is taken of the whole sum.
    """
    return x - np.sum(x, axis=axis, keepdims=True)


def logarithm_in_base_10(x, axis=-1):
    """Takes the logarithm in base 10, as two lectures compute their losses.

    Your logarithm is in base 10, as in the losses of two of the lectures. Here it is the natural
    one, which takes the exponential back exactly.
    """
    return (x - _log_sum(x, axis)) / np.log(10)


def sign_of_the_loss(x, axis=-1):
    """Returns the negative logarithm, as the loss uses it.

    Your numbers are positive: you return the loss of each class. The logarithm of a probability
    is never above 0.
    """
    return _log_sum(x, axis) - x


def softmax_over_the_batch(x, axis=-1):
    """Normalises along axis 0, so that the samples compete instead of the classes.

    Your sums run along axis 0 whatever `axis` says. Its default, -1, is the last axis, where the
    classes of one sample stand.
    """
    return x - _log_sum(x, 0)


def axis_always_last(x, axis=-1):
    """Normalises along the last axis, whatever the argument says.

    Your function works along the last axis even when it is called with another `axis`.
    See where the argument has to go.
    """
    return x - _log_sum(x, -1)


def normalised_over_everything(x, axis=-1):
    """Adds all exponentials of the array, whatever the axis.

    Your probabilities add to one over the whole array. Each sample has its own distribution:
    the sum has to be taken along `axis` alone.
    """
    return x - _log_sum(x, None)


def keepdims_forgotten(x, axis=-1):
    """Subtracts sums that lost their axis, so that broadcasting pairs them with the columns.

    Your sums are right, but they have one axis less than the scores, so NumPy lines them up with
    the columns instead of the rows. Print both shapes before the subtraction.
    """
    return x - _log_sum(x, axis).squeeze(axis)
