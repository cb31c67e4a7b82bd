"""The gates of a recurrent cell: what its sums go through, for kernels to call."""

import math
from functools import cache
from typing import Any

import numpy as np
from numba import from_dtype

from reference.cuda.target import device_function


@cache
def make_sigmoid(dtype: np.dtype[Any]) -> Any:
    """Return sigmoid(x) = 1 / (1 + exp(-x))."""
    real = from_dtype(dtype)
    zero, one = real(0), real(1)

    @device_function
    def sigmoid(x: Any) -> Any:
        # Of exp(-|x|), which never overflows: 1 / (1 + exp(-x)) = exp(x) / (1 + exp(x)).
        small = real(math.exp(-math.fabs(x)))
        return (one if x > zero else small) / (one + small)

    return sigmoid


@cache
def make_blend(dtype: np.dtype[Any]) -> Any:
    """Return blend(gate, opened, closed): the one as far as the gate is open, and the other."""
    sigmoid = make_sigmoid(dtype)

    @device_function
    def blend(gate: Any, opened: Any, closed: Any) -> Any:
        # The second weight is 1 - sigmoid(gate), without the cancellation.
        return sigmoid(gate) * opened + sigmoid(-gate) * closed

    return blend
