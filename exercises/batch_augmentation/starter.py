"""Exercise batch_augmentation.

`grade show batch_augmentation` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def batch_augmentation(images, flips, shifts):
    """Return the images, each mirrored and then shifted as told, in a new array.

    Arguments:
        images: array of floats, shape (N, C, H, W). It cannot be written to.
        flips: array of booleans, shape (N,): whether image n is mirrored, left to right.
        shifts: array of integers, shape (N, 2): how many pixels image n moves down and to the
            right; negative numbers move it up and to the left. Zeros come in.

    Returns: array of shape (N, C, H, W).

    Example: the image [[1, 2, 3], [4, 5, 6]], mirrored and moved by (0, 1), becomes
        [[0, 3, 2], [0, 6, 5]].
    """
    raise NotImplementedError("batch_augmentation is not written yet")
