"""Loses the axis it sums over."""

import numpy as np


def softmax(x, axis=-1):
    return np.sum(x, axis=axis)
