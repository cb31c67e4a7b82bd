"""Believable mistakes in softmax, and the hint that each one earns."""

import numpy as np


def _normalise(exponentials, axis):
    with np.errstate(all="ignore"):
        return exponentials / np.sum(exponentials, axis=axis, keepdims=True)


def _softmax(x, axis):
    return _normalise(np.exp(x - np.max(x, axis=axis, keepdims=True)), axis)


def maximum_not_subtracted(x, axis=-1):
    """Takes the exponentials of the raw scores, which overflow or all vanish.

    Your formula is right on paper, but exp(1000) is infinite in a computer and exp(-1000) is 0.
    Which number can you subtract from all the scores of a row without changing its probabilities?
    """
    with np.errstate(over="ignore"):
        return _normalise(np.exp(x), axis)


def one_maximum_for_the_whole_batch(x, axis=-1):
    """Subtracts the largest score of the whole array instead of each row's own.

    You subtract one maximum from everything: a row far below it has nothing but zeros left to
    divide. Give each row (each line along `axis`) its own maximum.
    """
    return _normalise(np.exp(x - np.max(x)), axis)


def normalised_over_everything(x, axis=-1):
    """Divides by the sum of all exponentials, so that the whole array adds to one.

    Your probabilities add to one over the whole array. Each sample has its own distribution:
    the sum has to be taken along `axis` alone.
    """
    return _softmax(x, None)


def softmax_over_the_batch(x, axis=-1):
    """Normalises along axis 0, so that the samples compete instead of the classes.

    Your columns add to one: you normalise along axis 0 whatever `axis` says. Its default, -1,
    is the last axis, where the classes of one sample stand.
    """
    return _softmax(x, 0)


def axis_always_last(x, axis=-1):
    """Normalises along the last axis, whatever the argument says.

    Your function works along the last axis even when it is called with another `axis`.
    See where the argument has to go.
    """
    return _softmax(x, -1)


def axis_always_one(x, axis=-1):
    """Normalises along axis 1, which is the last axis only in a two-dimensional array.

    You always work along axis 1. That suits a table of samples and classes, but a single
    row of scores has no axis 1, and with three axes the last one is number 2: use `axis`.
    """
    return _softmax(x, 1)


def keepdims_forgotten(x, axis=-1):
    """Divides by sums that lost their axis, so that broadcasting pairs them with the columns.

    Your sums are right, but they have one axis less than the exponentials, so NumPy lines them
    up with the columns instead of the rows. Print both shapes before the division.
    """
    exponentials = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return exponentials / np.sum(exponentials, axis=axis)


def sigmoid_of_each_score(x, axis=-1):
    """Squashes each score on its own, so that the probabilities do not add to one.

    Each of your numbers lies between 0 and 1, but together they do not add to one. The sigmoid
    looks at one score alone; softmax weighs it against the other scores.
    """
    # Written with tanh, the sigmoid does not overflow.
    return 0.5 * (1 + np.tanh(x / 2))


def exponential_forgotten(x, axis=-1):
    """Divides the scores themselves by their sum.

    You divide the scores by their sum, so a negative score becomes a negative probability.
    See what the formula does to each score before it adds them.
    """
    with np.errstate(all="ignore"):
        return x / np.sum(x, axis=axis, keepdims=True)


def rounded_as_on_the_slide(x, axis=-1):
    """Rounds the probabilities to four decimals.

    Your probabilities are right to four decimals and cut off there. The slide rounds to fit
    on the page; return the numbers as they come.
    """
    return np.round(_softmax(x, axis), 4)
