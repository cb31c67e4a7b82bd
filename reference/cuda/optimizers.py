"""Gradient descent on the GPU: one pass over arrays of one axis, in place.

Each number has a thread. A step of float32 is computed in float32, from numbers such as 1 -
dampening that were rounded once.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numba import float32, float64

from reference.cuda.elementwise import as_real, make_map_two, over, over_fours
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.target import cuda, device_function, kernel


def sgd(param: Any, grad: Any, learning_rate: float) -> None:
    """Step param."""
    dtype = param.dtype
    with Stage() as stage:
        staged = stage.update(param)  # each thread reads what is its own before it writes it
        arrays, numbers = (staged, staged, stage.read(grad)), as_real(dtype, learning_rate)
        over_fours(make_map_two(dtype, _descend), param.size)(*arrays, *numbers)


def momentum(
    param: Any, velocity: Any, grad: Any, learning_rate: float, momentum: float, gain: float
) -> None:
    """Step param and velocity; gain is 1 - dampening."""
    step(_momentum, (param, velocity), grad, learning_rate, momentum, gain)


def step(change: Any, arrays: tuple[Any, ...], grad: Any, *numbers: float) -> None:
    """Change param and its state, the arrays, by the kernel change(*arrays, grad, *numbers)."""
    with Stage() as stage:
        staged = (*[stage.update(array) for array in arrays], stage.read(grad))
        over(change, grad.size)(*staged, *as_real(grad.dtype, *numbers))


@device_function
def _descend(param: Any, grad: Any, learning_rate: Any) -> Any:
    return param - learning_rate * grad


@kernel
def _momentum(
    param: Any, velocity: Any, grad: Any, learning_rate: Any, momentum: Any, gain: Any
) -> None:
    i = cuda.grid(1)
    if i < param.shape[0]:
        pace = momentum * velocity[i] + gain * grad[i]
        velocity[i] = pace
        param[i] -= learning_rate * pace


def proofs() -> Iterator[Proof]:
    """Yield every kernel as a GPU runs it."""
    for real in (float32, float64):
        dtype, array = np.dtype(real.name), real[::1]
        yield Proof("sgd", make_map_two(dtype, _descend), (array, array, array, real))
        yield Proof("momentum", _momentum, (array,) * 3 + (real,) * 3)
