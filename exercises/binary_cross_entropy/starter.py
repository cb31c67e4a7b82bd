"""Exercise binary_cross_entropy.

`grade show binary_cross_entropy` prints the task, `grade check` looks at your answer.
"""

import math

import numpy as np  # noqa: F401


def binary_cross_entropy(predictions, targets, base=math.e):
    """Return the mean of -y * log(h) - (1 - y) * log(1 - h) over all predictions h.

    Arguments:
        predictions: array of probabilities of "yes", of any shape.
        targets: array of the same shape: 1 for yes, 0 for no.
        base: the base of the logarithm; the natural logarithm by default.

    Returns: one number. A term whose factor is 0 counts as 0, even if its logarithm is infinite.

    Example:
        binary_cross_entropy(np.array([0.5, 0.25]), np.array([0, 1]), base=2)
        gives 1.5: the predictions cost 1 and 2.
    """
    raise NotImplementedError("binary_cross_entropy is not written yet")
