"""Training with dual numbers: every number carries its slope for each parameter along.

No error travels backward. A product has the slopes u'v + uv', a sum u' + v', and relu passes number
and slopes on, or neither. When the cost is there, its slopes, which are the gradient, are too.
"""

from typing import NamedTuple

import numpy as np


class Dual(NamedTuple):
    """A number, and its slope for each of the network's parameters."""

    value: float
    slopes: np.ndarray

    def __add__(self, other):
        return Dual(self.value + other.value, self.slopes + other.slopes)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.slopes * other.value + self.value * other.slopes)


def train_on_table(x, y, weight1, bias1, weight2, bias2, learning_rate, steps):
    """Return the cost before each step, and after the last; float64."""
    arrays = [np.asarray(array, np.float64) for array in (weight1, bias1, weight2, bias2)]
    parameters = np.concatenate([array.ravel() for array in arrays])
    costs = np.empty(steps + 1)
    for step in range(steps + 1):
        cost = _cost(x, y, parameters, sizes=weight2.shape)
        costs[step] = cost.value
        parameters = parameters - learning_rate * cost.slopes
    return costs


def _cost(x, y, parameters, sizes):
    """Return the cost of all samples as a dual number; sizes: hidden units, outputs."""
    own = np.identity(len(parameters))  # each parameter has slope 1 for itself, 0 for the others
    numbers = [Dual(float(value), slopes) for value, slopes in zip(parameters, own, strict=True)]
    hidden_layer, output_layer = _units(numbers, x.shape[1], *sizes)
    cost = _constant(0.0, parameters)
    for row, targets in zip(x, y, strict=True):
        signals = [_constant(number, parameters) for number in row]
        signals = [_relu(_sum(signals, unit)) for unit in hidden_layer]
        for unit, target in zip(output_layer, targets, strict=True):
            error = _sum(signals, unit) + _constant(-target, parameters)
            cost = cost + error * error
    return cost


def _units(numbers, inputs, hidden, outputs):
    """Return both layers, each a list of units: (its weights, its bias)."""
    layers, start = [], 0
    for size, units in ((inputs, hidden), (hidden, outputs)):
        # A weight matrix is stored row by row, so that a unit's weights lie `units` apart.
        bias = start + size * units
        layers.append(
            [(numbers[start + j : bias : units], numbers[bias + j]) for j in range(units)]
        )
        start = bias + units
    return layers


def _sum(signals, unit):
    weights, total = unit
    for signal, weight in zip(signals, weights, strict=True):
        total = total + signal * weight
    return total


def _relu(number):
    return number if number.value > 0 else _constant(0.0, number.slopes)


def _constant(value, parameters):
    """Return a number that no parameter can change."""
    return Dual(float(value), np.zeros(len(parameters)))
