"""Squared errors on the CPU: arrays of one axis, each element by itself, in float64."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray
from reference.cpu.instructions import add_in_any_order
from reference.cpu.jit import jit
from reference.cpu.sums import CHUNK, add
from reference.threads import share

Doubles = NDArray[np.float64]


def mse(out: Doubles, predictions: FloatArray, targets: FloatArray) -> None:
    """Fill out with the squares of the differences."""
    share(_mse, out.size / 4, (out, predictions, targets))


@jit
def mse_total(predictions: FloatArray, targets: FloatArray) -> float:
    """Return the sum of the squares of the differences."""
    total, lost = 0.0, 0.0
    for start in range(0, predictions.size, CHUNK):
        part = 0.0
        for i in range(start, min(start + CHUNK, predictions.size)):
            k = np.uintp(i)
            difference = np.float64(predictions[k]) - np.float64(targets[k])
            part = add_in_any_order(part, difference * difference)
        total, lost = add(total, lost, part)
    return total


def mse_backward(
    out: FloatArray, predictions: FloatArray, targets: FloatArray, factors: Doubles | float
) -> None:
    """Fill out with the differences times the factors, or times one for all."""
    arrays = (out, predictions, targets)
    if isinstance(factors, float):
        share(_mse_backward, out.size / 4, arrays, factors)
    else:
        share(_mse_backward_of_each, out.size / 4, (*arrays, factors))


@jit
def _mse(out: Doubles, predictions: FloatArray, targets: FloatArray) -> None:
    for i in range(out.shape[0]):
        difference = np.float64(predictions[i]) - np.float64(targets[i])
        out[i] = difference * difference


@jit
def _mse_backward(
    out: FloatArray, predictions: FloatArray, targets: FloatArray, factor: float
) -> None:
    for i in range(out.shape[0]):
        out[i] = factor * (np.float64(predictions[i]) - np.float64(targets[i]))


@jit
def _mse_backward_of_each(
    out: FloatArray, predictions: FloatArray, targets: FloatArray, factors: Doubles
) -> None:
    for i in range(out.shape[0]):
        out[i] = factors[i] * (np.float64(predictions[i]) - np.float64(targets[i]))
