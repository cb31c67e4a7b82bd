"""What softmax_cross_entropy and its gradient share: the losses, from what the logits weigh."""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.exponential_runs import weigh_run
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import inlined
from reference.cpu.logarithms import log_of_more
from reference.cpu.single_weights import find_rest, is_usable
from reference.cpu.sums import CHUNK, add

Doubles = NDArray[np.float64]

# By less than that a usable total is not divided: the quotient might be infinite.
LEAST_WEIGHT = 1e-100


@inlined
def are_classes(labels: IntegerArray, num_classes: int) -> bool:
    """Return whether all labels are from 0 to num_classes - 1."""
    right = True
    for n in range(labels.shape[0]):
        right &= 0 <= labels[n] < num_classes
    return right


@inlined
def lose(
    losses: Doubles, largest: Doubles, rests: Doubles, logits: FloatArray, labels: IntegerArray
) -> None:
    """Fill losses from the largest logits and what weigh_rows made of the others."""
    for n in range(len(losses)):
        losses[n] = largest[n] - np.float64(logits[n, labels[n]])
    for n in range(len(losses)):
        losses[n] += log_of_more(rests[n])


@inlined
def sum_losses(
    losses: Doubles,
    largest: Doubles,
    rests: Doubles,
    logits: FloatArray,
    targets: Doubles,
    first: int,
    end: int,
) -> None:
    """Fill the losses of a block of samples with soft targets, as lose does."""
    for n in range(first, end):
        of_largest = log_of_more(rests[n])
        total, lost = 0.0 * of_largest, 0.0  # NaN where the row has no probabilities
        for start in range(0, logits.shape[1], CHUNK):
            part = 0.0
            for i in range(min(CHUNK, logits.shape[1] - start)):
                k = np.uintp(start + i)
                # No term is negative: nothing cancels. A class of no probability may cost infinity.
                loss = targets[n, k] * ((largest[n] - np.float64(logits[n, k])) + of_largest)
                part = add_in_any_order(part, 0.0 if targets[n, k] == 0.0 else loss)
            total, lost = add(total, lost, part)
        losses[n] = total


@inlined
def lose_singles(
    losses: Doubles, others: Doubles, totals: Doubles, logits: FloatArray, labels: IntegerArray
) -> bool:
    """Fill losses, and others with what the wrong classes weigh, from the totals of exp of logits.

    The logits are float32. Return whether all totals are usable; where one is not, the loss is NaN.
    """
    weights, chosen, usable = np.empty(len(losses)), np.empty(len(losses), logits.dtype), True
    for n in range(len(losses)):
        chosen[n] = logits[n, labels[n]]
    weigh_run(weights, 0, chosen, 0, len(chosen), ())
    for n in range(len(losses)):
        others[n] = find_rest(logits, n, labels[n], weights[n], totals[n])
    for n in range(len(losses)):
        losses[n] = log_of_more(others[n] / weights[n])
    for n in range(len(losses)):
        if weights[n] < LEAST_WEIGHT:
            losses[n] = math.log(totals[n]) - np.float64(logits[n, labels[n]])
        if not is_usable(totals[n]):
            losses[n], usable = np.nan, False
    return usable
