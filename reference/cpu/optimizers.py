"""Gradient descent on the CPU: one pass over arrays of one axis.

An output may be one of the inputs, so an element is read from all of them before it is written.
Each number is rounded once, where it is stored.
"""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import jit
from reference.threads import share


def sgd(out: FloatArray, param: FloatArray, grad: FloatArray, learning_rate: float) -> None:
    """Fill out, which may be param or grad."""
    share(_sgd, param.size, (out, param, grad), learning_rate)


def momentum(
    out: FloatArray,
    out_velocity: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    velocity: FloatArray,
    learning_rate: float,
    momentum: float,
    gain: float,
) -> None:
    """Fill out and out_velocity, which may be param, grad or velocity; gain is 1 - dampening."""
    arrays = (out, out_velocity, param, grad, velocity)
    share(_momentum, 2 * param.size, arrays, learning_rate, momentum, gain)


@jit
def _sgd(out: FloatArray, param: FloatArray, grad: FloatArray, learning_rate: float) -> None:
    for i in range(param.shape[0]):
        out[i] = np.float64(param[i]) - learning_rate * np.float64(grad[i])


@jit
def _momentum(
    out: FloatArray,
    out_velocity: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    velocity: FloatArray,
    learning_rate: float,
    momentum: float,
    gain: float,
) -> None:
    for i in range(param.shape[0]):
        before = np.float64(param[i])
        pace = momentum * np.float64(velocity[i]) + gain * np.float64(grad[i])
        out_velocity[i] = pace
        out[i] = before - learning_rate * pace
