"""Exercise pooling_invariance: `grade show pooling_invariance` prints the task."""

import numpy as np  # noqa: F401


def pooling_invariance(x, kernel_size, max_shift):
    """Return how much of a map, and of the max-pooled map, is unchanged by shifts to the right.

    A shift brings in zeros at the left and loses what leaves at the right. The pooling windows
    lie side by side; only those that fit wholly into the map are used.

    Arguments:
        x: one map, float array of shape (H, W)
        kernel_size: the height and width of the pooling window
        max_shift: the largest shift, in pixels

    Returns:
        two float arrays of shape (max_shift + 1,), one number for each shift 0, 1, ..., max_shift:
        map_unchanged: the share of the places of the map that hold the number of x
        pooled_unchanged: the share of the places of the pooled map that hold the number of the
            pooled x

    Example: the map [[7, 0], [0, 0]] with kernel_size 2 and max_shift 2 gives
    [1, 0.5, 0.75] and [1, 1, 0].
    """
    raise NotImplementedError("pooling_invariance is not written yet")
