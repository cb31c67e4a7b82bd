"""Optimizers on the CPU: one pass over arrays of one axis."""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import jit


@jit
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
    for i in range(param.shape[0]):
        # Read before anything is written, then rounded once to the dtype.
        before = np.float64(param[i])
        out_velocity[i] = momentum * np.float64(velocity[i]) + gain * np.float64(grad[i])
        out[i] = before - learning_rate * np.float64(out_velocity[i])
