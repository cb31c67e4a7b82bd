"""Divides zero by zero."""

import numpy as np


def softmax(x, axis=-1):
    zero = x - x
    with np.errstate(all="ignore"):
        return zero / zero
