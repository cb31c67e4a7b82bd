"""Believable mistakes in tanh, and the hint that each one earns."""

import numpy as np


def _tanh(x):
    small = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - small) / (1 + small)


def formula_as_it_stands(x):
    """Divides exp(x) - exp(-x) by exp(x) + exp(-x), which overflows on both sides.

    Your formula is right on paper, but far from zero both its parts are infinite and their
    quotient is NaN. Multiply numerator and denominator by something that keeps them small.
    """
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def right_below_zero_only(x):
    """Computes (exp(2x) - 1) / (exp(2x) + 1), which overflows far above zero.

    Your form of the formula holds for negative scores of any size, but exp(2x) is infinite for
    large positive ones. Use that tanh(-x) = -tanh(x).
    """
    doubled = np.exp(2 * x)
    return (doubled - 1) / (doubled + 1)


def right_above_zero_only(x):
    """Computes (1 - exp(-2x)) / (1 + exp(-2x)), which overflows far below zero.

    Your form of the formula holds for positive scores of any size, but exp(-2x) is infinite for
    large negative ones. Use that tanh(-x) = -tanh(x).
    """
    doubled = np.exp(-2 * x)
    return (1 - doubled) / (1 + doubled)


def two_in_the_exponent_forgotten(x):
    """Computes (1 - exp(-x)) / (1 + exp(-x)), which is tanh(x / 2).

    Your curve is twice too wide: you have tanh(x/2), which is also 2 · sigmoid(x) - 1. When exp(-x)
    is divided by exp(x), what is the exponent?
    """
    return _tanh(x / 2)


def sign_not_restored(x):
    """Works with |x| and forgets the sign.

    Your answers are all positive. You may work with |x|, but tanh(-x) = -tanh(x): give the sign
    back at the end.
    """
    return np.abs(_tanh(x))


def sign_turned(x):
    """Subtracts the exponentials the wrong way round.

    Your curve falls from 1 to -1. Look at which exponential is subtracted from which.
    """
    return _tanh(-x)


def numerator_and_denominator_swapped(x):
    """Computes the sum divided by the difference, the hyperbolic cotangent.

    Your answers lie beyond 1 and -1, and at zero you divide by zero: the difference belongs above
    the line and the sum below it.
    """
    return 1 / _tanh(x)


def sigmoid_instead(x):
    """Returns the sigmoid, the S-shaped curve from 0 to 1.

    Your curve runs from 0 to 1: that is the sigmoid. tanh has the same shape from -1 to 1, and it
    is 0 at 0.
    """
    return (1 + _tanh(x / 2)) / 2


def hyperbolic_sine(x):
    """Divides the difference by 2, which is sinh.

    You divide the difference of the exponentials by 2: that is the hyperbolic sine, which grows
    without bound. The tangent divides by their sum.
    """
    return (np.exp(x) - np.exp(-x)) / 2


def circular_tangent(x):
    """Returns the tangent of trigonometry.

    You compute tan(x), the tangent of an angle. The hyperbolic tangent is made of exponentials and
    never leaves the range from -1 to 1.
    """
    return np.tan(x)
