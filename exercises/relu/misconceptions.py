"""Believable mistakes in relu, and the hint that each one earns."""

import numpy as np


def _relu(x):
    return np.where(x > 0, x, 0)


def largest_along_an_axis(x):
    """Calls np.max(x, 0), which takes 0 for the number of an axis.

    Your answer has lost an axis: np.max(x, 0) looks for the largest number along axis 0. You want
    to compare each element with 0: look for the maximum of two arrays.

    No case passes: the largest number along an axis has one axis less than x.
    """
    return np.max(x, 0)


def negative_numbers_left_out(x):
    """Keeps the positive numbers alone, in one row.

    Your answer is shorter than x: the negative numbers are gone and with them the shape. A 0 has
    to stand where each of them stood.
    """
    return x[x > 0]


def magnitude(x):
    """Turns the negative numbers into positive ones.

    You take the sign off the negative numbers. relu does not mirror them, it puts 0 in their
    place.
    """
    return np.abs(x)


def multiplied_by_the_mask(x):
    """Computes x * (x > 0), which is NaN at minus infinity.

    Your answer is right for finite numbers. But you multiply by 0 where x is not positive, and 0
    times infinity is NaN: choose the 0 instead of computing it.
    """
    return x * (x > 0)


def smallest_number_raised_to_zero(x):
    """Adds the same number to all until none is negative.

    You shift all the numbers until the smallest is 0. relu looks at each number alone and leaves
    the positive ones as they are.
    """
    return x - np.min(x)


def cut_at_one(x):
    """Keeps the numbers between 0 and 1.

    You also cut the numbers above 1. relu has no upper end: a positive number stays as it is.
    """
    return np.clip(x, 0, 1)


def slope_of_relu(x):
    """Returns 1 where x is positive, else 0: the derivative.

    You return 1 where x is positive: that is the slope of relu. relu itself lets the number
    through.
    """
    return np.where(x > 0, 1.0, 0.0)


def negative_side_kept_instead(x):
    """Puts 0 in the place of the positive numbers.

    You keep the negative numbers and lose the positive ones: look at which side of your condition
    gets the 0.
    """
    return np.where(x > 0, 0, x)


def negative_side_leaks(x):
    """Lets a hundredth of the negative numbers through.

    A little of your negative numbers comes through: that is the leaky relu. Here they become 0.
    """
    return np.where(x > 0, x, 0.01 * x)


def integers_only(x):
    """Rounds to whole numbers, as they stand in the lecture's map.

    You return whole numbers. The lecture's map has no others, but a positive number has to come
    through as it is, decimals and all.
    """
    return np.round(_relu(x))
