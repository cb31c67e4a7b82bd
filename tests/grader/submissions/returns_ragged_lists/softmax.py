"""Returns lists of different lengths."""

import numpy as np


def softmax(x, axis=-1):
    return [[1.0] * length for length in range(3)]
