"""Believable mistakes in the root mean squared error, and the hint that each one earns."""

import numpy as np


def root_forgotten(predictions, targets):
    """Returns the mean squared error.

    Your answer is in square kilograms, as it were: it is the mean of the squares. What is still
    missing stands first in the name.
    """
    return np.mean((predictions - targets) ** 2)


def root_of_the_sum(predictions, targets):
    """Does not divide by the number of elements.

    Your answer grows with the number of predictions. Under the root stands the mean of the squares,
    not their sum.
    """
    return np.sqrt(np.sum((predictions - targets) ** 2))


def divided_after_the_root(predictions, targets):
    """Takes the root of the sum, and divides by n then.

    You divide by n after the root, so your answer shrinks as predictions are added. The mean comes
    first, and then the root.
    """
    return np.sqrt(np.sum((predictions - targets) ** 2)) / predictions.size


def mean_of_the_roots(predictions, targets):
    """Takes the root of each square, and their mean.

    You take the root of each single square, which gives the mean absolute error. The root is taken
    once, of the mean.
    """
    return np.mean(np.sqrt((predictions - targets) ** 2))


def mean_of_the_rows(predictions, targets):
    """Takes an RMSE for every sample, and the mean of these.

    You take a root for each sample and average the roots. It is one mean over all elements, and one
    root at the end.
    """
    squares = ((predictions - targets) ** 2).reshape(len(predictions), -1)
    return np.mean(np.sqrt(np.mean(squares, axis=1 if predictions.ndim > 1 else 0)))


def divided_by_the_samples(predictions, targets):
    """Adds over the outputs of a sample, and divides by the number of samples.

    You divide by the number of rows. Here the mean runs over all elements, whatever the shape of
    the array.
    """
    return np.sqrt(np.sum((predictions - targets) ** 2) / len(predictions))


def standard_deviation_of_the_errors(predictions, targets):
    """Measures the errors from their mean.

    You take the standard deviation of the errors: it is 0 for a guess that is always 5 too high.
    The errors are measured from 0, not from their mean.
    """
    return np.std(predictions - targets)


def divided_by_one_less(predictions, targets):
    """Divides by n - 1, as a standard deviation is estimated.

    You divide by n - 1, as one does for the standard deviation of a sample. This is a mean: it
    divides by n.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(np.sum((predictions - targets) ** 2) / (predictions.size - np.float64(1)))


def root_of_the_squared_mean(predictions, targets):
    """Averages the errors first and squares their mean.

    Your errors of opposite signs cancel each other, because you square after the mean. Each error
    is squared on its own.
    """
    return np.sqrt(np.mean(predictions - targets) ** 2)


def half_the_mean(predictions, targets):
    """Puts the factor 1/2 in front of the squares.

    You halve the mean of the squares, as some books do to make the derivative look nicer. There is
    no 1/2 in this formula.
    """
    return np.sqrt(np.mean((predictions - targets) ** 2) / 2)
