"""What softmax, log_softmax and the losses of logits share: the weights of a row.

A row is seen from its largest element, which has the weight 1; the others weigh exp(x - largest),
`rest` in sum. What the largest loses to the others is then a sum of small numbers, not 1 minus a
number that is nearly 1.
"""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu.jit import jit


@jit
def weigh(weights: NDArray[np.float64], x: FloatArray) -> tuple[int, float]:
    """Fill weights with exp(x - largest); return the place of the largest, the sum of the others.

    A NaN or an infinite largest makes the sum NaN.
    """
    top = 0
    for k in range(x.shape[0]):
        if x[k] > x[top]:
            top = k
    # Kahan's sum: its error does not grow with the number of classes.
    rest: float = np.float64(x[top]) - np.float64(x[top])  # 0, or NaN
    lost = 0.0
    for k in range(x.shape[0]):
        weights[k] = _exp_of_difference(np.float64(x[k]), np.float64(x[top]))
        if k != top:
            rest, lost = add(rest, lost, weights[k])
    return top, rest


@jit
def _exp_of_difference(x: float, largest: float) -> float:
    """Return exp(x - largest) to the last digits, also where the difference is rounded."""
    difference = x - largest
    if difference < -746.0:  # less than half the smallest number
        return 0.0
    # Knuth's sum of two numbers: the rounding error of the difference, exactly.
    back = difference - x
    error = (x - (difference - back)) - (largest + back)
    exponential = math.exp(difference)
    return exponential + exponential * error


@jit
def add(total: float, lost: float, term: float) -> tuple[float, float]:
    """Return the total with the term and what was added to it too much (Kahan)."""
    term -= lost
    grown = total + term
    return grown, (grown - total) - term
