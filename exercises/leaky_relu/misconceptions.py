"""Believable mistakes in leaky_relu, and the hint that each one earns."""

import numpy as np


def slope_always_a_hundredth(x, negative_slope=0.01):
    """Multiplies by 0.01, whatever the argument says.

    Your negative side always has the slope 0.01. That is the default; the argument
    `negative_slope` decides.
    """
    return np.where(x > 0, x, 0.01 * x)


def larger_of_the_two(x, negative_slope=0.01):
    """Takes the maximum of x and slope * x.

    You take the larger of x and γx. For slopes up to 1 that is right; with a slope above 1 the
    larger one is on the wrong side. Let the sign of x decide.
    """
    return np.maximum(x, negative_slope * x)


def nothing_leaks(x, negative_slope=0.01):
    """Puts 0 in the place of the negative numbers, as relu does.

    Your negative numbers become 0: that is relu. The leaky one multiplies them by the slope.
    """
    return np.maximum(x, 0)


def slope_itself_on_the_negative_side(x, negative_slope=0.01):
    """Puts the slope in the place of the negative numbers.

    Your negative side has the same height everywhere: you put γ in the place of the negative
    numbers. It is a slope, so it multiplies them.
    """
    return np.where(x > 0, x, negative_slope)


def negative_side_turned_up(x, negative_slope=0.01):
    """Multiplies the magnitude by the slope, so that small positive numbers come out.

    Your negative numbers come out with the other sign. The slope brings them nearer to zero, on
    the side where they were.
    """
    return np.where(x > 0, x, negative_slope * np.abs(x))


def positive_side_flattened(x, negative_slope=0.01):
    """Multiplies the positive side by the slope.

    You multiply the positive numbers by the slope. They stay as they are; the negative ones are
    multiplied.
    """
    return np.where(x > 0, negative_slope * x, x)


def both_sides_multiplied(x, negative_slope=0.01):
    """Multiplies every element by the slope.

    You multiply all numbers by the slope, so your function is a straight line. The positive side
    keeps the slope 1.
    """
    return negative_slope * x


def slope_subtracted(x, negative_slope=0.01):
    """Takes the slope for a fraction that is taken away: x - slope * x.

    You take γx away from the negative numbers, so with a slope of 0.01 nearly all of them comes
    through. γ is the part that is kept.
    """
    return np.where(x > 0, x, x - negative_slope * x)


def leak_added_to_everything(x, negative_slope=0.01):
    """Computes relu(x) + slope * x.

    You add the leak γx to relu(x) on both sides, so the positive numbers grow a little. Only the
    negative side leaks.
    """
    return np.maximum(x, 0) + negative_slope * x
