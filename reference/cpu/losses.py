"""Loss functions on the CPU: one loss for each sample, in float64 whatever the predictions are."""

import math

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit


@jit
def cross_entropy(
    out: NDArray[np.float64],
    predictions: FloatArray,
    targets: NDArray[np.float64],
    smallest: float,
    log_base: float,
) -> None:
    """Fill out (N,) from predictions and targets (N, K)."""
    for n in range(predictions.shape[0]):
        # Kahan's sum: its error does not grow with the number of classes.
        total, lost = 0.0, 0.0
        for k in range(predictions.shape[1]):
            term = -targets[n, k] * _log(predictions[n, k], smallest) - lost
            grown = total + term
            lost = (grown - total) - term
            total = grown
        out[n] = total / log_base


@jit
def cross_entropy_of_labels(
    out: NDArray[np.float64],
    predictions: FloatArray,
    labels: IntegerArray,
    smallest: float,
    log_base: float,
) -> None:
    """Fill out (N,) from predictions (N, K) and the index of each sample's class (N,)."""
    for n in range(predictions.shape[0]):
        total = 0.0
        for k in range(predictions.shape[1]):
            # One-hot targets multiply the other classes by 0, which only a NaN survives.
            if k == labels[n] or np.isnan(predictions[n, k]):
                total -= _log(predictions[n, k], smallest)
        out[n] = total / log_base


@jit
def _log(prediction: float, smallest: float) -> float:
    # Written so that a NaN, which compares false, passes.
    return math.log(smallest if prediction < smallest else np.float64(prediction))
