"""Adaptive optimizers on the GPU: one pass over arrays of one axis, in place.

Each number has a thread. Adam moves 28 bytes for each number of float32: param and both averages
are read and written, the gradient is read. What is the same for all numbers (1 - beta, the bias) is
computed once, in float64, before the kernel starts; in float32, 1 - 0.999 would have lost digits.

A step of float32 is computed in float32: a square below 1e-45 is 0, as in PyTorch. Of eps_inside
and eps_outside, one is 0.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype

from reference.cuda.optimizers import step
from reference.cuda.proof import Proof
from reference.cuda.target import cuda, kernel


def adagrad(
    param: Any,
    squares: Any,
    grad: Any,
    learning_rate: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Step param and the sum of squares."""
    numbers = learning_rate, eps_inside, eps_outside
    step(make_adagrad(param.dtype), (param, squares), grad, *numbers)


def adadelta(
    param: Any,
    square_avg: Any,
    acc_delta: Any,
    grad: Any,
    learning_rate: float,
    rho: float,
    eps: float,
) -> None:
    """Step param, the average of squares and that of the squared steps."""
    arrays, numbers = (param, square_avg, acc_delta), (learning_rate, rho, 1.0 - rho, eps)
    step(make_adadelta(param.dtype), arrays, grad, *numbers)


def rmsprop(
    param: Any,
    square_avg: Any,
    grad: Any,
    learning_rate: float,
    alpha: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Step param and the average of squares."""
    numbers = learning_rate, alpha, 1.0 - alpha, eps_inside, eps_outside
    step(make_rmsprop(param.dtype), (param, square_avg), grad, *numbers)


def adam(
    param: Any,
    exp_avg: Any,
    exp_avg_sq: Any,
    grad: Any,
    learning_rate: float,
    beta1: float,
    beta2: float,
    bias1: float,
    bias2: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Step param and both averages; bias1 and bias2 are 1 - beta^step, or 1."""
    # One quotient for each number is enough: the other two are of numbers that stay the same.
    rates = learning_rate / bias1, beta1, 1.0 - beta1, beta2, 1.0 - beta2, 1.0 / bias2
    arrays = (param, exp_avg, exp_avg_sq)
    step(make_adam(param.dtype), arrays, grad, *rates, eps_inside, eps_outside)


@cache
def make_adagrad(dtype: np.dtype[Any]) -> Any:
    """Return adagrad(param, squares, grad, learning_rate, eps_inside, eps_outside)."""
    real = from_dtype(dtype)

    @kernel
    def adagrad(
        param: Any, squares: Any, grad: Any, learning_rate: Any, eps_inside: Any, eps_outside: Any
    ) -> None:
        i = cuda.grid(1)
        if i < param.shape[0]:
            g = grad[i]
            s = squares[i] + g * g
            squares[i] = s
            root = real(math.sqrt(s + eps_inside))
            param[i] -= learning_rate * g / (root + eps_outside)

    return adagrad


@cache
def make_adadelta(dtype: np.dtype[Any]) -> Any:
    """Return adadelta(param, square_avg, acc_delta, grad, learning_rate, rho, 1 - rho, eps)."""
    real = from_dtype(dtype)

    @kernel
    def adadelta(
        param: Any,
        square_avg: Any,
        acc_delta: Any,
        grad: Any,
        learning_rate: Any,
        rho: Any,
        rest: Any,
        eps: Any,
    ) -> None:
        i = cuda.grid(1)
        if i < param.shape[0]:
            g, acc = grad[i], acc_delta[i]
            s = rho * square_avg[i] + rest * (g * g)
            delta = g * (real(math.sqrt(acc + eps)) / real(math.sqrt(s + eps)))
            square_avg[i] = s
            acc_delta[i] = rho * acc + rest * (delta * delta)
            param[i] -= learning_rate * delta

    return adadelta


@cache
def make_rmsprop(dtype: np.dtype[Any]) -> Any:
    """Return rmsprop(param, square_avg, grad, rate, alpha, 1 - alpha, eps_inside, eps_outside)."""
    real = from_dtype(dtype)

    @kernel
    def rmsprop(
        param: Any,
        square_avg: Any,
        grad: Any,
        learning_rate: Any,
        alpha: Any,
        rest: Any,
        eps_inside: Any,
        eps_outside: Any,
    ) -> None:
        i = cuda.grid(1)
        if i < param.shape[0]:
            g = grad[i]
            s = alpha * square_avg[i] + rest * (g * g)
            square_avg[i] = s
            root = real(math.sqrt(s + eps_inside))
            param[i] -= learning_rate * g / (root + eps_outside)

    return rmsprop


@cache
def make_adam(dtype: np.dtype[Any]) -> Any:
    """Return adam(param, exp_avg, exp_avg_sq, grad, and the numbers in the order below)."""
    real = from_dtype(dtype)

    @kernel
    def adam(
        param: Any,
        exp_avg: Any,
        exp_avg_sq: Any,
        grad: Any,
        rate: Any,
        beta1: Any,
        rest1: Any,
        beta2: Any,
        rest2: Any,
        per_bias2: Any,
        eps_inside: Any,
        eps_outside: Any,
    ) -> None:
        i = cuda.grid(1)
        if i < param.shape[0]:
            g = grad[i]
            m = beta1 * exp_avg[i] + rest1 * g
            v = beta2 * exp_avg_sq[i] + rest2 * (g * g)
            exp_avg[i] = m
            exp_avg_sq[i] = v
            root = real(math.sqrt(v * per_bias2 + eps_inside))
            param[i] -= rate * m / (root + eps_outside)

    return adam


def proofs() -> Iterator[Proof]:
    """Yield every kernel as a GPU runs it."""
    for real in (float32, float64):
        dtype, array = np.dtype(real.name), real[::1]
        yield Proof("adagrad", make_adagrad(dtype), (array,) * 3 + (real,) * 3)
        yield Proof("adadelta", make_adadelta(dtype), (array,) * 4 + (real,) * 4)
        yield Proof("rmsprop", make_rmsprop(dtype), (array,) * 3 + (real,) * 5)
        yield Proof("adam", make_adam(dtype), (array,) * 4 + (real,) * 8)
