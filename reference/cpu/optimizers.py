"""Gradient descent on the CPU: one pass over arrays of one axis, in place.

The arrays lie apart in memory, so that LLVM can do several numbers at a time. Each number is
rounded once, where it is stored.
"""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.fetching import FAR_BYTES, STEP, fetch_step
from reference.cpu.jit import jit
from reference.threads import shared


@jit
def _sgd(param: FloatArray, grad: FloatArray, learning_rate: float) -> None:
    """Step param."""
    step = STEP if param.nbytes >= FAR_BYTES else max(param.size, 1)
    for start in range(0, param.size, step):
        if step == STEP:
            fetch_step((param, grad), start)
        for i in range(start, min(start + step, param.size)):
            k = np.uintp(i)
            param[k] = np.float64(param[k]) - learning_rate * np.float64(grad[k])


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
    step = STEP if param.nbytes >= FAR_BYTES else max(param.size, 1)
    for start in range(0, param.size, step):
        if step == STEP:
            fetch_step((param, velocity, grad), start)
        for i in range(start, min(start + step, param.size)):
            k = np.uintp(i)
            pace = momentum * np.float64(velocity[k]) + gain * np.float64(grad[k])
            velocity[k] = pace
            param[k] = np.float64(param[k]) - learning_rate * pace


sgd = shared(_sgd, 1 / 8, 2)
momentum = shared(_momentum, 1 / 5, 3)
