"""Exercise scale_targets.

`grade show scale_targets` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def scale_targets(targets, low=0.01, high=0.99):
    """Return the targets, moved from the range 0 .. 1 to the range low .. high.

    Arguments:
        targets: array of any shape, of numbers from 0 to 1.
        low: what becomes of a 0.
        high: what becomes of a 1.

    Returns: an array of floats in the shape of the targets.

    Example: scale_targets(np.array([1, 0, 0.5]), low=-0.99) gives [0.99, -0.99, 0].
    """
    raise NotImplementedError("scale_targets is not written yet")
