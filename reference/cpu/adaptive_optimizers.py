"""Adaptive optimizers on the CPU: one pass over arrays of one axis, in place.

The arrays lie apart in memory, so that LLVM can do several numbers at a time. Each number is
rounded once, where it is stored. Of eps_inside and eps_outside, one is 0.
"""

import math

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import jit
from reference.threads import shared


@jit
def _adagrad(
    param: FloatArray,
    squares: FloatArray,
    grad: FloatArray,
    learning_rate: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Step param and the sum of squares."""
    for i in range(param.shape[0]):
        g = np.float64(grad[i])
        s = np.float64(squares[i]) + g * g
        squares[i] = s
        step = learning_rate * g / (math.sqrt(s + eps_inside) + eps_outside)
        param[i] = np.float64(param[i]) - step


@jit
def _adadelta(
    param: FloatArray,
    square_avg: FloatArray,
    acc_delta: FloatArray,
    grad: FloatArray,
    learning_rate: float,
    rho: float,
    eps: float,
) -> None:
    """Step param, the average of squares and that of the squared steps."""
    for i in range(param.shape[0]):
        g, acc = np.float64(grad[i]), np.float64(acc_delta[i])
        s = rho * np.float64(square_avg[i]) + (1.0 - rho) * (g * g)
        delta = g * (math.sqrt(acc + eps) / math.sqrt(s + eps))
        square_avg[i] = s
        acc_delta[i] = rho * acc + (1.0 - rho) * (delta * delta)
        param[i] = np.float64(param[i]) - learning_rate * delta


@jit
def _rmsprop(
    param: FloatArray,
    square_avg: FloatArray,
    grad: FloatArray,
    learning_rate: float,
    alpha: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Step param and the average of squares."""
    for i in range(param.shape[0]):
        g = np.float64(grad[i])
        s = alpha * np.float64(square_avg[i]) + (1.0 - alpha) * (g * g)
        square_avg[i] = s
        step = learning_rate * g / (math.sqrt(s + eps_inside) + eps_outside)
        param[i] = np.float64(param[i]) - step


@jit
def _adam(
    param: FloatArray,
    exp_avg: FloatArray,
    exp_avg_sq: FloatArray,
    grad: FloatArray,
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
    rate, per_bias2 = learning_rate / bias1, 1.0 / bias2
    for i in range(param.shape[0]):
        g = np.float64(grad[i])
        m = beta1 * np.float64(exp_avg[i]) + (1.0 - beta1) * g
        v = beta2 * np.float64(exp_avg_sq[i]) + (1.0 - beta2) * (g * g)
        exp_avg[i], exp_avg_sq[i] = m, v
        root = math.sqrt(v * per_bias2 + eps_inside)
        param[i] = np.float64(param[i]) - rate * m / (root + eps_outside)


adagrad = shared(_adagrad, 1 / 2, 3)
adadelta = shared(_adadelta, 1.0, 4)
rmsprop = shared(_rmsprop, 1 / 2, 3)
adam = shared(_adam, 1 / 2, 4)
