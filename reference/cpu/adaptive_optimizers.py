"""Adaptive optimizers on the CPU: one pass over arrays of one axis, in place.

The arrays lie apart in memory, so that LLVM can do several numbers at a time. Each number is
rounded once, where it is stored. Of eps_inside and eps_outside, one is 0.

A step is a quotient by a root. For a block of numbers, numerators are laid down and what the roots
are taken of, then all are divided, then subtracted.
"""

import math

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.exponentials import Doubles
from reference.cpu.fetching import FEW, fetch_few
from reference.cpu.jit import inlined, jit
from reference.cpu.quotients import block_size, divide_by_roots
from reference.threads import shared


@inlined
def _divide(
    numerators: Doubles,
    radicands: Doubles,
    eps: float,
    arrays: tuple[FloatArray, ...],
    start: int,
    count: int,
) -> None:
    """Divide so many numerators by sqrt(radicands) + eps.

    They were made of the numbers of the arrays from start on; later ones come near meanwhile.
    """
    for i in range(0, count, FEW):
        fetch_few(arrays, start + i)
        divide_by_roots(numerators, radicands, i, eps, arrays[0])


@inlined
def _subtract(param: FloatArray, steps: Doubles, start: int, count: int) -> None:
    """Subtract so many steps from param, from start on."""
    for i in range(count):
        k = np.uintp(start + i)
        param[k] = np.float64(param[k]) - steps[np.uintp(i)]


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
    steps, radicands = np.ones(block_size()), np.ones(block_size())
    for start in range(0, param.size, steps.size):
        count = min(steps.size, param.size - start)
        for i in range(count):
            at, k = np.uintp(i), np.uintp(start + i)
            g = np.float64(grad[k])
            s = np.float64(squares[k]) + g * g
            squares[k] = s
            steps[at], radicands[at] = learning_rate * g, s + eps_inside
        _divide(steps, radicands, eps_outside, (param, squares, grad), start, count)
        _subtract(param, steps, start, count)


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
    ratios, radicands = np.ones(block_size()), np.ones(block_size())
    for start in range(0, param.size, ratios.size):
        count = min(ratios.size, param.size - start)
        for i in range(count):
            at, k = np.uintp(i), np.uintp(start + i)
            g = np.float64(grad[k])
            s = rho * np.float64(square_avg[k]) + (1.0 - rho) * (g * g)
            square_avg[k] = s
            ratios[at], radicands[at] = math.sqrt(np.float64(acc_delta[k]) + eps), s + eps
        _divide(ratios, radicands, 0.0, (param, square_avg, acc_delta, grad), start, count)
        for i in range(count):
            at, k = np.uintp(i), np.uintp(start + i)
            delta = np.float64(grad[k]) * ratios[at]
            acc_delta[k] = rho * np.float64(acc_delta[k]) + (1.0 - rho) * (delta * delta)
            param[k] = np.float64(param[k]) - learning_rate * delta


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
    steps, radicands = np.ones(block_size()), np.ones(block_size())
    for start in range(0, param.size, steps.size):
        count = min(steps.size, param.size - start)
        for i in range(count):
            at, k = np.uintp(i), np.uintp(start + i)
            g = np.float64(grad[k])
            s = alpha * np.float64(square_avg[k]) + (1.0 - alpha) * (g * g)
            square_avg[k] = s
            steps[at], radicands[at] = learning_rate * g, s + eps_inside
        _divide(steps, radicands, eps_outside, (param, square_avg, grad), start, count)
        _subtract(param, steps, start, count)


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
    steps, radicands = np.ones(block_size()), np.ones(block_size())
    for start in range(0, param.size, steps.size):
        count = min(steps.size, param.size - start)
        for i in range(count):
            at, k = np.uintp(i), np.uintp(start + i)
            g = np.float64(grad[k])
            m = beta1 * np.float64(exp_avg[k]) + (1.0 - beta1) * g
            v = beta2 * np.float64(exp_avg_sq[k]) + (1.0 - beta2) * (g * g)
            exp_avg[k], exp_avg_sq[k] = m, v
            steps[at], radicands[at] = rate * m, v * per_bias2 + eps_inside
        _divide(steps, radicands, eps_outside, (param, exp_avg, exp_avg_sq, grad), start, count)
        _subtract(param, steps, start, count)


adagrad = shared(_adagrad, 1 / 2, 3)
adadelta = shared(_adadelta, 1.0, 4)
rmsprop = shared(_rmsprop, 1 / 2, 3)
adam = shared(_adam, 1 / 2, 4)
