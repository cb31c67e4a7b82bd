"""The numbers that the parameters of a layer begin with."""

import math
from typing import Any

import numpy as np

from reference.arguments import FloatArray, Shape


def glorot_uniform(
    rng: np.random.Generator, shapes: tuple[Shape, ...], dtype: np.dtype[Any]
) -> tuple[FloatArray, ...]:
    """Return weights between -L and L, L = sqrt(6 / (inputs + outputs)), and biases of 0.

    A bias has one axis, a dense weight two (inputs, outputs), a kernel four (outputs, inputs, kH,
    kW), of which each tap is an input and an output.

    Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", AISTATS 2010, equation 16; the default of Keras.
    """
    return tuple(_begin(rng, shape, dtype) for shape in shapes)


def _begin(rng: np.random.Generator, shape: Shape, dtype: np.dtype[Any]) -> FloatArray:
    if len(shape) == 1:
        return np.zeros(shape, dtype)
    taps = math.prod(shape[2:])
    limit = math.sqrt(6 / (taps * (shape[0] + shape[1])))
    weights: FloatArray = rng.uniform(-limit, limit, shape).astype(dtype)
    return weights
