"""What softmax_cross_entropy and its gradient share: the loss of one sample, from its logits."""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.exponentials import weigh
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import jit
from reference.cpu.sums import CHUNK, add

Doubles = NDArray[np.float64]


@jit
def are_classes(labels: IntegerArray, num_classes: int) -> bool:
    """Return whether all labels are from 0 to num_classes - 1."""
    right = True
    for n in range(labels.shape[0]):
        right &= 0 <= labels[n] < num_classes
    return right


@jit
def lose(weights: Doubles, logits: FloatArray, n: int, label: int) -> float:
    """Return the loss of a sample; weights is room for those of its logits."""
    largest, rest = weigh(weights, 0, logits, n)
    return (largest - np.float64(logits[n, label])) + math.log1p(rest)


@jit
def sum_losses(logits: FloatArray, targets: Doubles, n: int, largest: float, rest: float) -> float:
    """Return the loss of a sample with soft targets; largest and rest are what weigh returned."""
    total, lost = 0.0 * rest, 0.0  # NaN where the row has no probabilities
    of_largest = math.log1p(rest)
    for start in range(0, logits.shape[1], CHUNK):
        part = 0.0
        for i in range(min(CHUNK, logits.shape[1] - start)):
            k = np.uintp(start + i)
            # No term is negative: nothing cancels. A class of no probability may cost infinity.
            loss = targets[n, k] * ((largest - np.float64(logits[n, k])) + of_largest)
            part = add_in_any_order(part, 0.0 if targets[n, k] == 0.0 else loss)
        total, lost = add(total, lost, part)
    return total


@jit
def lose_single(logit: float, weight: float, others: float) -> float:
    """Return the loss of a sample, from exp of its class's logit and of the others in sum."""
    if weight < others:
        return math.log(weight + others) - logit
    # The same, without the difference of two numbers that are nearly equal.
    return math.log1p(others / weight)
