"""Believable mistakes about one neuron, and the hint that each one earns."""

import numpy as np

_ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0.0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def bias_forgotten(x, w, b, activation):
    """Leaves the bias out.

    You leave the bias out. It is added to the weighted sum, before the activation.
    """
    return _ACTIVATIONS[activation](np.sum(w * x))


def bias_added_for_every_input(x, w, b, activation):
    """Adds the bias inside the sum.

    You add the bias once for every input. It stands outside the sum: there is one for the neuron.
    """
    return _ACTIVATIONS[activation](np.sum(w * x + b))


def bias_after_the_activation(x, w, b, activation):
    """Adds the bias to the output.

    You add the bias after the activation. It belongs to the sum that the activation sees.
    """
    return _ACTIVATIONS[activation](np.sum(w * x)) + b


def bias_is_a_threshold(x, w, b, activation):
    """Subtracts the bias, as the threshold of a perceptron is subtracted.

    You subtract b. A threshold is subtracted, a bias is added: it is the threshold with the
    other sign.
    """
    return _ACTIVATIONS[activation](np.sum(w * x) - b)


def activation_forgotten(x, w, b, activation):
    """Returns the sum without an activation.

    You return the weighted sum itself. The activation that is asked for comes after it.
    """
    return np.sum(w * x) + b


def sigmoid_always(x, w, b, activation):
    """Uses the sigmoid, whatever the argument says.

    Your neuron always uses the sigmoid. The argument `activation` names the function.
    """
    return _ACTIVATIONS["sigmoid"](np.sum(w * x) + b)


def activation_of_each_product(x, w, b, activation):
    """Applies the activation to every product and the bias, then adds.

    You apply the activation to each product before adding. A neuron adds first: its activation
    sees one number.
    """
    g = _ACTIVATIONS[activation]
    return np.sum(g(w * x)) + g(b)


def activation_of_the_inputs(x, w, b, activation):
    """Applies the activation to the inputs instead of the sum.

    You apply the activation to the inputs. They come as they are; the activation is for the
    weighted sum.
    """
    return np.sum(w * _ACTIVATIONS[activation](x)) + b


def sums_multiplied(x, w, b, activation):
    """Multiplies the sum of the weights by the sum of the inputs.

    You add up the weights and the inputs before multiplying. Each input has a weight of its own:
    multiply pair by pair, then add.
    """
    return _ACTIVATIONS[activation](np.sum(w) * np.sum(x) + b)


def mean_instead_of_sum(x, w, b, activation):
    """Divides the sum by the number of inputs.

    You take the mean of the products. A neuron takes their sum: more inputs make it larger.
    """
    return _ACTIVATIONS[activation](np.sum(w * x) / max(len(x), 1) + b)


def products_not_added(x, w, b, activation):
    """Returns one number per input.

    Your neuron puts out one number per input. It has one output: the products have to be added
    up.

    No case passes: the answer is a number, and this one is an array.
    """
    return _ACTIVATIONS[activation](w * x + b)
