"""Adaptive optimizers on the CPU: one pass over arrays of one axis.

An output may be one of the inputs, so an element is read from all of them before it is written.
Each number is rounded once, where it is stored. Of eps_inside and eps_outside, one is 0.
"""

import math

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import jit
from reference.threads import share


def adagrad(
    out: FloatArray,
    out_squares: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    squares: FloatArray,
    learning_rate: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Fill the outputs, which may be inputs."""
    arrays = (out, out_squares, param, grad, squares)
    share(_adagrad, 4 * param.size, arrays, learning_rate, eps_inside, eps_outside)


def adadelta(
    out: FloatArray,
    out_square_avg: FloatArray,
    out_acc_delta: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    square_avg: FloatArray,
    acc_delta: FloatArray,
    learning_rate: float,
    rho: float,
    eps: float,
) -> None:
    """Fill the outputs, which may be inputs."""
    arrays = (out, out_square_avg, out_acc_delta, param, grad, square_avg, acc_delta)
    share(_adadelta, 8 * param.size, arrays, learning_rate, rho, eps)


def rmsprop(
    out: FloatArray,
    out_square_avg: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    square_avg: FloatArray,
    learning_rate: float,
    alpha: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Fill the outputs, which may be inputs."""
    arrays = (out, out_square_avg, param, grad, square_avg)
    share(_rmsprop, 4 * param.size, arrays, learning_rate, alpha, eps_inside, eps_outside)


def adam(
    out: FloatArray,
    out_exp_avg: FloatArray,
    out_exp_avg_sq: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    exp_avg: FloatArray,
    exp_avg_sq: FloatArray,
    learning_rate: float,
    beta1: float,
    beta2: float,
    bias1: float,
    bias2: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    """Fill the outputs, which may be inputs; bias1 and bias2 are 1 - beta^step, or 1."""
    arrays = (out, out_exp_avg, out_exp_avg_sq, param, grad, exp_avg, exp_avg_sq)
    numbers = (learning_rate, beta1, beta2, bias1, bias2, eps_inside, eps_outside)
    share(_adam, 8 * param.size, arrays, *numbers)


@jit
def _adagrad(
    out: FloatArray,
    out_squares: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    squares: FloatArray,
    learning_rate: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    for i in range(param.shape[0]):
        before, g = np.float64(param[i]), np.float64(grad[i])
        s = np.float64(squares[i]) + g * g
        out_squares[i] = s
        out[i] = before - learning_rate * g / (math.sqrt(s + eps_inside) + eps_outside)


@jit
def _adadelta(
    out: FloatArray,
    out_square_avg: FloatArray,
    out_acc_delta: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    square_avg: FloatArray,
    acc_delta: FloatArray,
    learning_rate: float,
    rho: float,
    eps: float,
) -> None:
    for i in range(param.shape[0]):
        before, g, acc = np.float64(param[i]), np.float64(grad[i]), np.float64(acc_delta[i])
        s = rho * np.float64(square_avg[i]) + (1.0 - rho) * (g * g)
        delta = g * (math.sqrt(acc + eps) / math.sqrt(s + eps))
        out_square_avg[i] = s
        out_acc_delta[i] = rho * acc + (1.0 - rho) * (delta * delta)
        out[i] = before - learning_rate * delta


@jit
def _rmsprop(
    out: FloatArray,
    out_square_avg: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    square_avg: FloatArray,
    learning_rate: float,
    alpha: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    for i in range(param.shape[0]):
        before, g = np.float64(param[i]), np.float64(grad[i])
        s = alpha * np.float64(square_avg[i]) + (1.0 - alpha) * (g * g)
        out_square_avg[i] = s
        out[i] = before - learning_rate * g / (math.sqrt(s + eps_inside) + eps_outside)


@jit
def _adam(
    out: FloatArray,
    out_exp_avg: FloatArray,
    out_exp_avg_sq: FloatArray,
    param: FloatArray,
    grad: FloatArray,
    exp_avg: FloatArray,
    exp_avg_sq: FloatArray,
    learning_rate: float,
    beta1: float,
    beta2: float,
    bias1: float,
    bias2: float,
    eps_inside: float,
    eps_outside: float,
) -> None:
    for i in range(param.shape[0]):
        before, g = np.float64(param[i]), np.float64(grad[i])
        m = beta1 * np.float64(exp_avg[i]) + (1.0 - beta1) * g
        v = beta2 * np.float64(exp_avg_sq[i]) + (1.0 - beta2) * (g * g)
        out_exp_avg[i], out_exp_avg_sq[i] = m, v
        root = math.sqrt(v / bias2 + eps_inside)
        out[i] = before - learning_rate * (m / bias1) / (root + eps_outside)
