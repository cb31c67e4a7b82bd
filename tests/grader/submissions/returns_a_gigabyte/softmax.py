"""Returns a gigabyte."""

import numpy as np


def softmax(x, axis=-1):
    return np.ones(1 << 27)
