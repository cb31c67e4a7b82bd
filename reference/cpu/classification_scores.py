"""Scores of a classifier on the CPU: what is counted without a confusion matrix."""

from reference.arguments import IntegerArray
from reference.cpu.jit import jit


@jit
def accuracy(out: IntegerArray, y_true: IntegerArray, y_pred: IntegerArray) -> bool:
    """Fill out (1,) with how many of the predictions are right; return whether none is negative."""
    right, signs = 0, 0
    for n in range(y_true.shape[0]):
        right += y_true[n] == y_pred[n]
        signs |= y_true[n] | y_pred[n]
    out[0] = right
    return signs >= 0
