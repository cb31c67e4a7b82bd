"""TODO: a plain answer from the definition, as a good student writes it."""

import numpy as np


def new_exercise(x):
    """Return the mean of every row."""
    y = np.zeros(len(x), dtype=x.dtype)
    for n in range(len(x)):
        y[n] = sum(x[n]) / len(x[n])
    return y
