"""Activation functions on the CPU."""

import math

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import jit


@jit
def softmax(out: FloatArray, x: FloatArray) -> None:
    """Fill out (before, classes, after) with probabilities that sum to 1 over the classes."""
    for i in range(x.shape[0]):
        for j in range(x.shape[2]):
            largest = -np.inf
            for k in range(x.shape[1]):
                largest = max(largest, np.float64(x[i, k, j]))
            total = _sum_exponentials(x[i, :, j], largest)
            for k in range(x.shape[1]):
                out[i, k, j] = math.exp(np.float64(x[i, k, j]) - largest) / total


@jit
def _sum_exponentials(x: FloatArray, largest: float) -> float:
    # Kahan's sum: its error does not grow with the number of classes.
    total, lost = 0.0, 0.0
    for k in range(x.shape[0]):
        term = math.exp(np.float64(x[k]) - largest) - lost
        grown = total + term
        lost = (grown - total) - term
        total = grown
    return total
