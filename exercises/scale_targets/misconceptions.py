"""Believable mistakes in scaling targets, and the hint that each one earns."""

import numpy as np


def clipped_into_the_range(targets, low=0.01, high=0.99):
    """Clips the targets, which moves the ends and nothing between them.

    You clip. That moves 0 and 1 into a range inside of 0 .. 1, but a 0 never becomes -0.99, and
    what lies between stays where it was. Stretch and move the whole range.
    """
    return np.clip(targets, low, high)


def only_two_values(targets, low=0.01, high=0.99):
    """Asks whether a target is 1, and knows two answers.

    You know two values, low and high. A target between 0 and 1 lies as far between low and high as
    it did before.
    """
    return np.where(targets > 0.5, high, low)


def always_for_a_sigmoid(targets, low=0.01, high=0.99):
    """Scales to 0.01 .. 0.99, whatever the arguments say.

    Your range is always 0.01 .. 0.99. Look at the arguments `low` and `high`.
    """
    return 0.01 + targets * 0.98


def range_around_zero(targets, low=0.01, high=0.99):
    """Takes the range for -high .. high, as for a tanh.

    Your range is always symmetric around 0. Its low end has an argument of its own.
    """
    return high * (2 * targets - 1)


def shrunk_but_not_moved(targets, low=0.01, high=0.99):
    """Multiplies by the width of the range, and forgets to begin at low.

    Your range has the right width, but a 0 stays 0. What is missing to make it low?
    """
    return targets * (high - low)


def stretched_by_the_high_end(targets, low=0.01, high=0.99):
    """Computes low + targets · high.

    With you a 1 becomes low + high. How far is it from low to high?
    """
    return low + targets * high


def scaled_by_the_data(targets, low=0.01, high=0.99):
    """Takes the smallest and largest target for the ends, as one does with the pixels of an image.

    You stretch the targets so that the smallest one becomes low and the largest one high. The range
    before is 0 .. 1, whatever the batch holds.
    """
    floats = targets.astype(float)
    smallest, largest = np.min(floats, initial=np.inf), np.max(floats, initial=-np.inf)
    with np.errstate(invalid="ignore"):
        return low + (floats - smallest) / (largest - smallest) * (high - low)


def dtype_of_the_targets(targets, low=0.01, high=0.99):
    """Writes the scaled targets into an array like the targets, which may hold integers.

    Your answer is right for targets that are floats. When they are integers, so is your result, and
    0.99 is cut to 0.
    """
    out = np.empty_like(targets)
    out[...] = low + targets * (high - low)
    return out


def ends_exchanged(targets, low=0.01, high=0.99):
    """Gives low to the ones.

    Your range is turned round: a 1 is to become high, and a 0 low.
    """
    return high - targets * (high - low)
