"""Activation functions on the GPU: arrays of one axis, each element by itself.

Each element is read once and written once. float32 is computed in float32: the formulas are those
that lose no digits, so the result is within a few units of the last place of the exact one. A slope
is rounded to float32 first, which adds half a unit.
"""

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype

from reference.cuda.elementwise import as_real, make_map_one, make_map_two, over_fours
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.target import device_function


def sigmoid(out: Any, x: Any) -> None:
    """Fill out with 1 / (1 + exp(-x))."""
    _map(make_sigmoid, out, x)


def tanh(out: Any, x: Any) -> None:
    """Fill out with tanh(x)."""
    _map(make_tanh, out, x)


def relu(out: Any, x: Any) -> None:
    """Fill out with x, and 0 where x is negative."""
    _map(make_relu, out, x)


def leaky_relu(out: Any, x: Any, negative_slope: float) -> None:
    """Fill out with x, and negative_slope * x where x is not positive."""
    _map(make_leaky_relu, out, x, negative_slope)


def sigmoid_backward(out: Any, grad_output: Any, x: Any) -> None:
    """Fill out with the gradient."""
    _differentiate(make_sigmoid_backward, out, grad_output, x)


def tanh_backward(out: Any, grad_output: Any, x: Any) -> None:
    """Fill out with the gradient."""
    _differentiate(make_tanh_backward, out, grad_output, x)


def relu_backward(out: Any, grad_output: Any, x: Any) -> None:
    """Fill out with the gradient."""
    _differentiate(make_relu_backward, out, grad_output, x)


def leaky_relu_backward(out: Any, grad_output: Any, x: Any, negative_slope: float) -> None:
    """Fill out with the gradient."""
    _differentiate(make_leaky_relu_backward, out, grad_output, x, negative_slope)


def _map(make: Callable[..., Any], out: Any, x: Any, number: float = 0.0) -> None:
    dtype = x.dtype
    with Stage() as stage:
        arrays = stage.write(out), stage.read(x)
        over_fours(make_map_one(dtype, make(dtype)), x.size)(*arrays, *as_real(dtype, number))


def _differentiate(
    make: Callable[..., Any], out: Any, grad_output: Any, x: Any, number: float = 0.0
) -> None:
    dtype = x.dtype
    with Stage() as stage:
        arrays = stage.write(out), stage.read(grad_output), stage.read(x)
        over_fours(make_map_two(dtype, make(dtype)), x.size)(*arrays, *as_real(dtype, number))


@cache
def make_sigmoid(dtype: np.dtype[Any]) -> Any:
    """Return sigmoid(x, _), for kernels."""
    real = from_dtype(dtype)

    @device_function
    def sigmoid(x: Any, _: Any) -> Any:
        # Of exp(-|x|), which never overflows: 1 / (1 + exp(-x)) = exp(x) / (1 + exp(x)).
        small = real(math.exp(-math.fabs(x)))
        return (real(1) if x > real(0) else small) / (real(1) + small)

    return sigmoid


@cache
def make_tanh(dtype: np.dtype[Any]) -> Any:
    """Return tanh(x, _), for kernels."""
    real = from_dtype(dtype)

    @device_function
    def tanh(x: Any, _: Any) -> Any:
        return real(math.tanh(x))

    return tanh


@cache
def make_relu(dtype: np.dtype[Any]) -> Any:
    """Return relu(x, _), for kernels."""
    real = from_dtype(dtype)

    @device_function
    def relu(x: Any, _: Any) -> Any:
        # Written so that a NaN, which compares false, passes.
        return real(0) if x < real(0) else x

    return relu


@cache
def make_leaky_relu(dtype: np.dtype[Any]) -> Any:
    """Return leaky_relu(x, negative_slope), for kernels."""
    real = from_dtype(dtype)

    @device_function
    def leaky_relu(x: Any, negative_slope: Any) -> Any:
        return x if x > real(0) else negative_slope * x

    return leaky_relu


@cache
def make_slope(dtype: np.dtype[Any]) -> Any:
    """Return slope(x), the derivative of the sigmoid, for kernels."""
    real = from_dtype(dtype)

    @device_function
    def slope(x: Any) -> Any:
        # s(x) * s(-x), the same for x and -x: no 1 - s, which cancels where s is nearly 1.
        small = real(math.exp(-math.fabs(x)))
        return small / ((real(1) + small) * (real(1) + small))

    return slope


@cache
def make_sigmoid_backward(dtype: np.dtype[Any]) -> Any:
    """Return sigmoid_backward(grad_output, x, _), for kernels."""
    slope = make_slope(dtype)

    @device_function
    def sigmoid_backward(grad_output: Any, x: Any, _: Any) -> Any:
        return grad_output * slope(x)

    return sigmoid_backward


@cache
def make_tanh_backward(dtype: np.dtype[Any]) -> Any:
    """Return tanh_backward(grad_output, x, _), for kernels."""
    real, slope = from_dtype(dtype), make_slope(dtype)

    @device_function
    def tanh_backward(grad_output: Any, x: Any, _: Any) -> Any:
        # tanh(x) = 2 sigmoid(2x) - 1
        return grad_output * (real(4) * slope(real(2) * x))

    return tanh_backward


@cache
def make_relu_backward(dtype: np.dtype[Any]) -> Any:
    """Return relu_backward(grad_output, x, _), for kernels."""
    real = from_dtype(dtype)

    @device_function
    def relu_backward(grad_output: Any, x: Any, _: Any) -> Any:
        if x > real(0):
            return grad_output
        return real(0) if x <= real(0) else x  # a NaN stays one

    return relu_backward


@cache
def make_leaky_relu_backward(dtype: np.dtype[Any]) -> Any:
    """Return leaky_relu_backward(grad_output, x, negative_slope), for kernels."""
    real = from_dtype(dtype)

    @device_function
    def leaky_relu_backward(grad_output: Any, x: Any, negative_slope: Any) -> Any:
        if x > real(0):
            return grad_output
        return negative_slope * grad_output if x <= real(0) else x

    return leaky_relu_backward


def proofs() -> Iterator[Proof]:
    """Yield every kernel as a GPU runs it."""
    activations = make_sigmoid, make_tanh, make_relu, make_leaky_relu
    gradients = (
        *(make_sigmoid_backward, make_tanh_backward),
        *(make_relu_backward, make_leaky_relu_backward),
    )
    for real in (float32, float64):
        dtype, array = np.dtype(real.name), real[::1]
        for make in activations:
            kernel = make_map_one(dtype, make(dtype))
            yield Proof(make.__name__[5:], kernel, (array, array, real))
        for make in gradients:
            kernel = make_map_two(dtype, make(dtype))
            yield Proof(make.__name__[5:], kernel, (array, array, array, real))
