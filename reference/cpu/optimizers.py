"""Gradient descent on the CPU: one pass over arrays of one axis, in place.

The arrays lie apart in memory, so that LLVM can do several numbers at a time. Each number is
rounded once, where it is stored.
"""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import jit
from reference.threads import shared


@jit
def _sgd(param: FloatArray, grad: FloatArray, learning_rate: float) -> None:
    """Step param."""
    for i in range(param.shape[0]):
        param[i] = np.float64(param[i]) - learning_rate * np.float64(grad[i])


@jit
def _momentum(
    param: FloatArray,
    velocity: FloatArray,
    grad: FloatArray,
    learning_rate: float,
    momentum: float,
    gain: float,
) -> None:
    """Step param and velocity; gain is 1 - dampening."""
    for i in range(param.shape[0]):
        pace = momentum * np.float64(velocity[i]) + gain * np.float64(grad[i])
        velocity[i] = pace
        param[i] = np.float64(param[i]) - learning_rate * pace


sgd = shared(_sgd, 1 / 8, 2)
momentum = shared(_momentum, 1 / 5, 3)
