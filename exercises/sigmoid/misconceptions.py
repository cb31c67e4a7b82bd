"""Believable mistakes in the sigmoid, and the hint that each one earns."""

import numpy as np


def _sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def infinity_over_infinity(x):
    """Computes exp(x) / (1 + exp(x)), which is NaN for large x.

    Your formula is right on paper, but for a large score both its parts are infinite and their
    quotient is NaN. For positive scores use the other form of it.
    """
    return np.exp(x) / (1 + np.exp(x))


def sign_in_the_exponent_forgotten(x):
    """Computes 1 / (1 + exp(x)), the curve from 1 down to 0.

    Your curve falls: a large score gets a small probability. Look at the sign in the exponent.
    """
    return _sigmoid(-x)


def one_minus_the_other_side(x):
    """Computes the sigmoid of a negative score as 1 - sigmoid(-x), which cancels.

    Your answers to negative scores come as 1 minus a number that is nearly 1, and there the
    digits get lost: sigmoid(-40) becomes 0. Which form of the formula gives a small number
    without a subtraction?
    """
    above = _sigmoid(np.abs(x))
    return np.where(x >= 0, above, 1 - above)


def scores_clipped_to_ten(x):
    """Clips the scores to [-10, 10], so that nothing overflows.

    You keep the scores between -10 and 10: then sigmoid(-40) is 4.5e-5, far too much. Change only
    the scores whose exponential has no room in a float, or better, none.
    """
    return _sigmoid(np.clip(x, -10, 10))


def hyperbolic_tangent(x):
    """Returns tanh(x), the S-shaped curve from -1 to 1.

    Your curve runs from -1 to 1: that is tanh. The sigmoid has the same shape between 0 and 1.
    """
    return np.tanh(x)


def softmax_of_the_scores(x):
    """Divides the exponentials by their sum over the array.

    Your numbers add to 1 over the array: that is softmax. The sigmoid looks at each score alone.
    """
    # An empty array has no largest score; minus infinity changes nothing among no numbers.
    exponentials = np.exp(x - np.max(x, initial=-np.inf))
    return exponentials / np.sum(exponentials)


def class_instead_of_probability(x):
    """Returns 1 where the score is positive, else 0.

    You return the class itself, 0 or 1. The sigmoid is the probability of class 1; comparing it
    with 0.5 comes later.
    """
    return np.where(x > 0, 1.0, 0.0)


def slope_of_the_sigmoid(x):
    """Returns the derivative, s * (1 - s).

    Your numbers are never above one quarter: this is the slope of the sigmoid, s(1 - s). The task
    asks for s itself.
    """
    return _sigmoid(x) * _sigmoid(-x)


def rounded_as_on_the_slide(x):
    """Rounds the answer to two decimals.

    Your answers are right to two decimals and cut off there. The slide rounds to fit on the page;
    return the numbers as they come.
    """
    return np.round(_sigmoid(x), 2)
