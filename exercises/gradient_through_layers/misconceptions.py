"""Believable mistakes about the gradient in a chain, and the hint that each one earns."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


_ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0.0),
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
}
_SLOPES = {
    "linear": lambda z: 1.0 + 0 * z,
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "sigmoid": lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
}


def _forward(x, weights, activation):
    """Return all z and all a (without x), correct."""
    z, a = [], [x]
    for w in weights:
        z.append(w * a[-1])
        a.append(_ACTIVATIONS[activation](z[-1]))
    return np.array(z), np.array(a[1:])


def _factors(x, weights, activation):
    """Return what each layer multiplies the gradient by, correct."""
    z, _ = _forward(x, weights, activation)
    return weights * _SLOPES[activation](z)


def _products_to_the_end(factors):
    return np.cumprod(factors[::-1])[::-1]


def slopes_forgotten(x, weights, activation):
    """Multiplies the weights alone.

    You multiply the weights alone. Each layer also multiplies by the slope of its activation at
    its z, and a slope below 1 is what makes the gradient vanish.
    """
    return _products_to_the_end(weights)


def weights_forgotten(x, weights, activation):
    """Multiplies the slopes alone.

    You multiply the slopes of the activation alone. z is w times the input, so each layer also
    brings its weight, and large weights are what makes the gradient explode.
    """
    z, _ = _forward(x, weights, activation)
    return _products_to_the_end(_SLOPES[activation](z))


def slope_at_the_output(x, weights, activation):
    """Takes the slope at a instead of z.

    You take the slope of the activation at its output a. The slope belongs to the place where
    the activation was applied, z.
    """
    _, a = _forward(x, weights, activation)
    return _products_to_the_end(weights * _SLOPES[activation](a))


def slope_at_the_input_of_the_layer(x, weights, activation):
    """Takes the slope at the layer's input, before the weight.

    You take the slope of the activation at the input of the layer. The activation is applied to
    z, after the weight: that is where its slope is needed.
    """
    _, a = _forward(x, weights, activation)
    return _products_to_the_end(weights * _SLOPES[activation](np.array([x, *a[:-1]])))


def steepest_slope_everywhere(x, weights, activation):
    """Takes the largest slope of the activation in every layer: 1/4 for the sigmoid, 1 for tanh.

    You take the slope at zero, which is the steepest, in every layer: 1/4 for the sigmoid, 1 for
    the others. That is a bound; the slope itself depends on z.
    """
    z, _ = _forward(x, weights, activation)
    slope = {"linear": 1.0, "relu": np.where(z > 0, 1.0, 0.0), "tanh": 1.0, "sigmoid": 0.25}
    return _products_to_the_end(weights * slope[activation])


def every_layer_starts_from_x(x, weights, activation):
    """Applies every layer to x instead of the output of the layer before.

    You give x to every layer. Only the first one gets it: run the chain forwards first, and keep
    the z of each layer.
    """
    return _products_to_the_end(weights * _SLOPES[activation](weights * x))


def last_layer_first(x, weights, activation):
    """Returns the derivatives in the order in which they are computed.

    Your numbers are right, in the order in which they arise. The answer begins with the input of
    the first layer, which the gradient reaches last.
    """
    return _products_to_the_end(_factors(x, weights, activation))[::-1]


def from_the_input_forwards(x, weights, activation):
    """Multiplies from the first layer on: how each layer's output changes with x.

    You multiply from the first layer on, which says how each layer's output changes with x. Asked
    is how the last output changes with the input of each layer: multiply from the last one on.
    """
    return np.cumprod(_factors(x, weights, activation))


def outputs_of_the_layers(x, weights, activation):
    """Returns the derivatives with respect to a_1 .. a_L, of which the last is 1.

    You are one layer late: your last number is 1, the derivative of the output with respect to
    itself. Asked are the inputs of the layers, from x on.
    """
    return np.append(_products_to_the_end(_factors(x, weights, activation))[1:], 1.0)


def with_respect_to_z(x, weights, activation):
    """Returns the derivatives with respect to z, which lack the layer's own weight.

    You stop at z, in the middle of the layer: your numbers lack the weight of their own layer. Go
    on to its input a.
    """
    return _products_to_the_end(_factors(x, weights, activation)) / weights


def each_layer_alone(x, weights, activation):
    """Returns w * g'(z) of each layer without multiplying.

    You return what each layer multiplies by. The gradient that arrives at a layer has passed all
    the layers after it too.
    """
    return _factors(x, weights, activation)


def added_instead_of_multiplied(x, weights, activation):
    """Adds the factors of the layers.

    You add what the layers bring. A function of a function has the product of both slopes.
    """
    return np.cumsum(_factors(x, weights, activation)[::-1])[::-1]


def magnitude_alone(x, weights, activation):
    """Returns absolute values.

    Your numbers have lost their signs. A negative weight turns the gradient round.
    """
    return np.abs(_products_to_the_end(_factors(x, weights, activation)))
