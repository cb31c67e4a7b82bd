"""Squared errors on the GPU: arrays of one axis, each element by itself.

What the CPU computes in float64 is computed in the dtype of the predictions. The difference of two
numbers is rounded once, so a square is within two units of the last place.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype

from reference.cuda.elementwise import as_real, make_map_two, over, over_fours
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.target import cuda, device_function, kernel


def mse(out: Any, predictions: Any, targets: Any) -> None:
    """Fill out with the squares of the differences."""
    dtype = predictions.dtype
    with Stage() as stage:
        arrays = stage.write(out, dtype), stage.read(predictions), stage.read(targets)
        over_fours(make_map_two(dtype, _square), out.size)(*arrays, *as_real(dtype, 0))


def mse_backward(out: Any, predictions: Any, targets: Any, factors: Any) -> None:
    """Fill out with the differences times the factors."""
    dtype = predictions.dtype
    with Stage() as stage:
        arrays = stage.write(out), stage.read(predictions), stage.read(targets)
        over(make_mse_backward(dtype), out.size)(*arrays, stage.read(factors, dtype))


@device_function
def _square(prediction: Any, target: Any, _: Any) -> Any:
    difference = prediction - target
    return difference * difference


@cache
def make_mse_backward(dtype: np.dtype[Any]) -> Any:
    """Return mse_backward(out, predictions, targets, factors)."""
    real = from_dtype(dtype)

    @kernel
    def mse_backward(out: Any, predictions: Any, targets: Any, factors: Any) -> None:
        i = cuda.grid(1)
        if i < out.shape[0]:
            out[i] = real(factors[i]) * (predictions[i] - targets[i])

    return mse_backward


def proofs() -> Iterator[Proof]:
    """Yield every kernel as a GPU runs it."""
    for real in (float32, float64):
        dtype, array = np.dtype(real.name), real[::1]
        yield Proof("mse", make_map_two(dtype, _square), (array, array, array, real))
        yield Proof("mse_backward", make_mse_backward(dtype), (array,) * 4)
