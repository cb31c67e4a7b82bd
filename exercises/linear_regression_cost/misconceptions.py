"""Believable mistakes in the cost of linear regression, and the hint that each one earns."""

import numpy as np


def _differences(theta, x, y):
    """Correct."""
    return theta[0] + x.reshape(len(x), -1) @ theta[1:] - y


def half_of_the_mean(theta, x, y):
    """Divides by 2n, as many books do.

    Your cost is half of what it should be. Many books write 1/(2n); the lecture and this exercise
    write 1/n.
    """
    return np.mean(_differences(theta, x, y) ** 2) / 2


def sum_of_the_squares(theta, x, y):
    """Leaves out 1/n, as the lecture's form with matrices does.

    You add the squares without dividing by their number, as in the lecture's form with matrices.
    The cost is the mean over the points.
    """
    return np.sum(_differences(theta, x, y) ** 2)


def intercept_last(theta, x, y):
    """Takes the last parameter for the intercept.

    You take the last parameter for the intercept. Here it is θ0, the first of them.
    """
    return np.mean((x.reshape(len(x), -1) @ theta[:-1] + theta[-1] - y) ** 2)


def intercept_forgotten(theta, x, y):
    """Leaves θ0 out: every line goes through the origin.

    Your lines all go through the origin: θ0 takes no part. What is the line's height at x = 0?
    """
    return np.mean((x.reshape(len(x), -1) @ theta[1:] - y) ** 2)


def first_feature_alone(theta, x, y):
    """Writes θ0 + θ1 x for the first feature, and leaves the others out.

    Your cost is right for a line. When x has several columns, each of them has a parameter of its
    own.
    """
    first = x.reshape(len(x), -1)[:, 0]
    return np.mean((theta[0] + theta[1] * first - y) ** 2)


def every_line_against_every_target(theta, x, y):
    """Subtracts a row of targets from a column of predictions, which gives a square table.

    You compare each prediction with the targets of all points: a column (n, 1) less a row (n,) is a
    table (n, n) in NumPy. Look at the shapes on both sides of the minus sign.
    """
    return np.mean(((_differences(theta, x, y) + y).reshape(-1, 1) - y) ** 2)


def absolute_differences(theta, x, y):
    """Takes the absolute values.

    You add the distances themselves. The cost has their squares, which can be differentiated
    everywhere and punish large distances more.
    """
    return np.mean(np.abs(_differences(theta, x, y)))


def square_of_the_mean(theta, x, y):
    """Squares the mean of the differences.

    Points above the line make up for points below it, because you square after the mean. Each
    difference is squared on its own.
    """
    return np.mean(_differences(theta, x, y)) ** 2


def root_of_the_mean(theta, x, y):
    """Takes the square root at the end.

    You take the root at the end, which is the RMSE. The cost is the mean of the squares itself.
    """
    return np.sqrt(np.mean(_differences(theta, x, y) ** 2))


def divided_by_the_parameters(theta, x, y):
    """Divides by the number of parameters.

    You divide by the number of parameters. The mean is over the points: how many of them are there?
    """
    return np.sum(_differences(theta, x, y) ** 2) / len(theta)
