"""Exercise one_hot: `grade show one_hot` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def one_hot(labels, num_classes=None, first_class=0):
    """Return for each label a row of zeros with a one at its class.

    Arguments:
        labels: array of integers of any shape, from first_class on.
        num_classes: how many classes there are; None means as many as the largest label needs.
        first_class: the label of the first class.

    Returns: an array of floats: the shape of labels, and a last axis with a place per class.

    Example: one_hot(np.array([2, 0])) gives [[0, 0, 1], [1, 0, 0]].
    """
    raise NotImplementedError("one_hot is not written yet")
