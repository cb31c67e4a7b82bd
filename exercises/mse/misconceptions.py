"""Believable mistakes in the mean squared error, and the hint that each one earns."""

import numpy as np


def _reduce(squares, reduction):
    """Correct: from the squares to the result."""
    if reduction == "none":
        return squares
    by = {"mean": squares.size, "per_sample": len(squares), "sum": 1}[reduction]
    return np.sum(squares) / by


def _squares(predictions, targets):
    return (predictions - targets) ** 2


def reduction_ignored(predictions, targets, reduction="mean"):
    """Averages over all elements, whatever the argument says.

    You always average over all elements. Look at the argument `reduction`: there are three other
    ways.
    """
    return np.mean(_squares(predictions, targets))


def always_per_sample(predictions, targets, reduction="mean"):
    """Takes "mean" for the mean over the samples, as the lecture does.

    Your "mean" divides by the number of samples, as BME's does. Here that is called "per_sample",
    and "mean" divides by the number of elements.
    """
    reduction = "per_sample" if reduction == "mean" else reduction
    return _reduce(_squares(predictions, targets), reduction)


def a_number_for_each_sample(predictions, targets, reduction="mean"):
    """Takes "per_sample" for one loss per sample.

    Your "per_sample" gives a number for every sample. It is one number: the mean of these.
    """
    squares = _squares(predictions, targets)
    if reduction == "per_sample":
        return squares.reshape(len(squares), -1).sum(axis=1)
    return _reduce(squares, reduction)


def averaged_over_the_classes(predictions, targets, reduction="mean"):
    """Divides by the length of the last axis for "per_sample".

    Your "per_sample" divides by the length of a row instead of the number of rows. Which axis
    counts the samples?
    """
    squares = _squares(predictions, targets)
    if reduction == "per_sample":
        return np.sum(squares) / squares.shape[-1]
    return _reduce(squares, reduction)


def summed_over_the_last_axis_alone(predictions, targets, reduction="mean"):
    """Adds over the last axis, and averages over all others, for "per_sample".

    Your "per_sample" is right for tables. A sample may have more axes than one, such as an image:
    the sum runs over all of them, and only the first axis is averaged.
    """
    squares = _squares(predictions, targets)
    if reduction == "per_sample" and squares.ndim > 1:
        return np.mean(np.sum(squares, axis=-1))
    return _reduce(squares, reduction)


def plain_numbers_as_one_sample(predictions, targets, reduction="mean"):
    """Takes an array of one axis for a single sample.

    Your "per_sample" takes an array (N,) for one sample with N outputs. The first axis always
    counts the samples: here are N of them, with one number each.
    """
    squares = _squares(predictions, targets)
    if reduction == "per_sample" and squares.ndim == 1:
        return np.sum(squares)
    return _reduce(squares, reduction)


def none_is_summed(predictions, targets, reduction="mean"):
    """Takes "none" for "do not divide".

    Your "none" adds the squares. "sum" does that; "none" leaves them as they are, one for each
    element.
    """
    return _reduce(_squares(predictions, targets), "sum" if reduction == "none" else reduction)


def half_the_square(predictions, targets, reduction="mean"):
    """Puts the factor 1/2 in front.

    Your answers are half of what they should be. Some books put 1/2 in front so that the derivative
    looks nicer; here there is none.
    """
    return _reduce(_squares(predictions, targets) / 2, reduction)


def absolute_differences(predictions, targets, reduction="mean"):
    """Takes the absolute values of the differences.

    You take the absolute values of the differences, which is the mean absolute error. What does the
    S in the name say?
    """
    return _reduce(np.abs(predictions - targets), reduction)


def differences_not_squared(predictions, targets, reduction="mean"):
    """Averages the differences with their signs.

    Your errors of opposite signs cancel each other. Something has to make them positive before they
    are added.
    """
    return _reduce(predictions - targets, reduction)


def square_of_the_mean(predictions, targets, reduction="mean"):
    """Averages first and squares afterwards.

    You square after the sum, so that errors of opposite signs cancel each other. Each difference is
    squared on its own.
    """
    return np.square(_reduce(predictions - targets, reduction))


def root_of_the_mean(predictions, targets, reduction="mean"):
    """Takes the root at the end.

    You take the square root at the end: that is the RMSE, an exercise of its own.
    """
    return np.sqrt(_reduce(_squares(predictions, targets), reduction))
