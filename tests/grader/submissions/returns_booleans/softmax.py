"""Returns which is the largest."""

import numpy as np


def softmax(x, axis=-1):
    return x == np.max(x, axis=axis, keepdims=True)
