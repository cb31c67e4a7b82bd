"""Returns a gigabyte that is one number, seen often."""

import numpy as np


def softmax(x, axis=-1):
    return np.broadcast_to(1.0, (1 << 27,))
