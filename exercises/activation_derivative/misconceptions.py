"""Believable mistakes in the slopes of activations, and the hint that each one earns."""

import numpy as np


def _sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def _slope(name, x):
    """The right slopes: each mistake below changes those of one function or of two."""
    if name == "sigmoid":
        return _sigmoid(x) * _sigmoid(-x)
    if name == "tanh":
        return 1 - np.tanh(x) ** 2
    return np.where(x > 0, 1.0, 0.01 if name == "leaky_relu" else 0.0)


def x_taken_for_the_output(name, x):
    """Computes x(1 - x) and 1 - x², as if the activation had been applied already.

    You put x itself where the formulas have s and t. Those are what comes out of the activation;
    x is what goes into it.
    """
    slopes = {"sigmoid": x * (1 - x), "tanh": 1 - x**2}
    return slopes.get(name, _slope(name, x))


def function_instead_of_slope(name, x):
    """Returns the activation itself.

    You return what the activation makes of x. The task asks how steep it is there.
    """
    if name == "sigmoid":
        return _sigmoid(x)
    if name == "tanh":
        return np.tanh(x)
    return np.where(x > 0, x, 0.01 * x if name == "leaky_relu" else 0.0)


def square_forgotten(name, x):
    """Computes 1 - tanh(x).

    Your slope of tanh is not the same on both sides of zero, though the curve is. The formula
    squares t before it subtracts.
    """
    return 1 - np.tanh(x) if name == "tanh" else _slope(name, x)


def tanh_by_the_rule_of_the_sigmoid(name, x):
    """Computes t(1 - t) for tanh.

    You use t(1 - t) for tanh. That form belongs to the sigmoid, which runs from 0 to 1; at x = 0,
    where tanh is steepest, yours gives 0.
    """
    t = np.tanh(x)
    return t * (1 - t) if name == "tanh" else _slope(name, x)


def inner_derivative_without_its_minus(name, x):
    """Forgets that the derivative of exp(-x) is -exp(-x).

    Your slope of the sigmoid is negative, but the curve rises. Two minus signs meet in its
    derivative: one from the power -1, one from the exponent.
    """
    return -_slope(name, x) if name == "sigmoid" else _slope(name, x)


def slope_one_at_the_corner(name, x):
    """Takes the slope of the right side at zero.

    At x = 0 you take the slope of the right side. Both corners have two slopes to choose from;
    here it is that of the left side. Is it > or ≥?
    """
    return np.where(x == 0, 1.0, _slope(name, x)) if "relu" in name else _slope(name, x)


def half_a_slope_at_the_corner(name, x):
    """Takes the mean of both sides at zero.

    At x = 0 you take the mean of the two slopes. That is a fair choice too, but here it is that of
    the left side.
    """
    if "relu" not in name:
        return _slope(name, x)
    return np.where(x == 0, (1 + _slope(name, 0 * x)) / 2, _slope(name, x))


def leak_forgotten(name, x):
    """Gives leaky_relu the slopes of relu.

    Your leaky relu has the slope 0 on the left, which is relu's. What leaks through there has the
    slope 0.01.
    """
    return _slope("relu" if name == "leaky_relu" else name, x)


def sigmoid_by_its_exponentials(name, x):
    """Computes exp(-x) / (1 + exp(-x))², which is NaN far below zero.

    Your slope of the sigmoid is NaN far below zero, where exp(-x) is infinite above and below the
    line. The slope is the same at x and -x: which of the two does not overflow?
    """
    if name == "sigmoid":
        return np.exp(-x) / (1 + np.exp(-x)) ** 2
    return _slope(name, x)


def tanh_by_its_exponentials(name, x):
    """Computes tanh as a quotient of exponentials, which is NaN far from zero.

    Your tanh is NaN far from zero, where it divides infinity by infinity. Use a form of it that
    does not overflow, or NumPy's.
    """
    if name == "tanh":
        t = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
        return 1 - t**2
    return _slope(name, x)
