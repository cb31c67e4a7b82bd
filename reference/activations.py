"""Activation functions."""

import math

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, read_floats, read_integer
from reference.backends import load_kernels


def softmax(x: ArrayLike, axis: int = -1, *, backend: str = "cpu") -> FloatArray:
    """Return the probabilities exp(x_i) / sum_k exp(x_k) along one axis.

    They are computed as exp(x_i - m) / sum_k exp(x_k - m) with m = max_k x_k, which is the same
    number and does not overflow, whatever finite values x has.

    Arguments:
        x: logits, any shape of at least one axis, which may be empty.
        axis: the axis of the classes, along which the result sums to 1; negative counts from the
            end.
        backend: "cpu".

    Result: the shape of x; float32 for float32, else float64.

    Conventions: the last axis by default, one row for each sample. A class of -inf has probability
    0. A NaN, a +inf, or nothing but -inf along the axis makes everything along it NaN (PyTorch
    does the same).

    Raises ValueError for an axis that x does not have or an unknown backend; TypeError for other
    dtypes.

    Source: ELTE, Lecture 3, cases elte-softmax-correct and elte-softmax-wrong; UFV, Lecture 04,
    case ufv-softmax.

    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    >>> softmax([4, 2, 8]).round(2)
    array([0.02, 0.  , 0.98])
    """
    (x,) = read_floats(x=x)
    axis = _read_axis(axis, x)
    kernels = load_kernels("activations", backend)
    out = np.empty(x.shape, x.dtype)
    # One axis of everything before the classes and one of everything after them.
    shape = (math.prod(x.shape[:axis]), x.shape[axis], math.prod(x.shape[axis + 1 :]))
    kernels.softmax(out.reshape(shape), x.reshape(shape))
    return out


def _read_axis(axis: object, x: FloatArray) -> int:
    if x.ndim == 0:
        raise ValueError("x: got a single number, expected an array of at least one axis")
    position = read_integer("axis", axis)
    if not -x.ndim <= position < x.ndim:
        raise ValueError(
            f"axis: got {position}, expected {-x.ndim} to {x.ndim - 1} for x of shape {x.shape}"
        )
    return position % x.ndim
