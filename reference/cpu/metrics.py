"""Metrics on the CPU."""

from reference.arguments import IntegerArray
from reference.cpu.jit import jit


@jit
def confusion_matrix(out: IntegerArray, y_true: IntegerArray, y_pred: IntegerArray) -> None:
    """Add each sample to out (K, K), in the row of its target; the labels are in range."""
    for n in range(y_true.shape[0]):
        out[y_true[n], y_pred[n]] += 1
