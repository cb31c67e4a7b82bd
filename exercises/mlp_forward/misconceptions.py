"""Believable mistakes in a forward pass, and the hint that each one earns."""

import numpy as np


def _relu(z):
    return np.maximum(z, 0)


def _hidden_sums(x, parameters):
    """The hidden layer before its activation, correct."""
    weight, bias = parameters[0]
    return x @ weight + bias


def _output(hidden, parameters):
    """The output layer, correct."""
    weight, bias = parameters[1]
    return hidden @ weight + bias


def no_relu(x, parameters):
    """Leaves the activation out, so that two layers are no more than one.

    Your hidden units are linear, and two linear layers in a row can do no more than one. What
    stands around the first sum in the formula?
    """
    hidden = _hidden_sums(x, parameters)
    return hidden, _output(hidden, parameters)


def relu_on_the_output(x, parameters):
    """Applies relu after both layers.

    Your outputs are never negative: you apply relu to them too. Only the hidden units have it.
    """
    hidden = _relu(_hidden_sums(x, parameters))
    return hidden, _relu(_output(hidden, parameters))


def hidden_before_relu(x, parameters):
    """Returns the hidden sums, though the output uses them after relu.

    Your output is right, but `hidden` holds negative numbers: you return it as it was before relu.
    """
    sums = _hidden_sums(x, parameters)
    return sums, _output(_relu(sums), parameters)


def relu_before_the_bias(x, parameters):
    """Applies relu to the product and adds the bias then.

    You add the first bias after relu. It belongs to the sum: it decides with it whether the unit
    is awake.
    """
    weight, bias = parameters[0]
    hidden = _relu(x @ weight) + bias
    return hidden, _output(hidden, parameters)


def awake_units_give_one(x, parameters):
    """Takes the step function, or the slope of relu, for relu.

    Your hidden units say 1 or 0. That is whether they are awake; relu passes the sum itself on
    where it is positive.
    """
    hidden = (_hidden_sums(x, parameters) > 0).astype(float)
    return hidden, _output(hidden, parameters)


def absolute_value_for_relu(x, parameters):
    """Turns the sign of negative sums instead of cutting them.

    A unit with a negative sum still speaks in your network, with its sign turned. What does relu
    make of a negative number?
    """
    hidden = np.abs(_hidden_sums(x, parameters))
    return hidden, _output(hidden, parameters)


def sigmoid_for_relu(x, parameters):
    """Uses a sigmoid in the hidden layer.

    Your hidden units lie between 0 and 1, as a sigmoid leaves them. This network has relu there.
    """
    hidden = 1 / (1 + np.exp(-np.clip(_hidden_sums(x, parameters), -500, 500)))
    return hidden, _output(hidden, parameters)


def biases_forgotten(x, parameters):
    """Leaves both biases out.

    You leave the biases out. Every unit of both layers adds its own to the weighted sum.
    """
    (weight1, _), (weight2, _) = parameters
    hidden = _relu(x @ weight1)
    return hidden, hidden @ weight2


def second_bias_forgotten(x, parameters):
    """Leaves out the bias of the output layer.

    Your hidden units are right, your outputs lack something that does not depend on the sample.
    Take the second line of the formula term by term.
    """
    hidden = _relu(_hidden_sums(x, parameters))
    return hidden, hidden @ parameters[1][0]


def output_from_the_sums_before_relu(x, parameters):
    """Returns hidden after relu, but computes the output from the sums before it.

    Your `hidden` is right, but the output does not use it: it is computed from the sums before
    relu. What does a sleeping unit send on?
    """
    sums = _hidden_sums(x, parameters)
    return _relu(sums), _output(sums, parameters)


def weights_outputs_first(x, parameters):
    """Multiplies by the transposed weights, as PyTorch stores them.

    You multiply by the transposes of the weights, as with PyTorch's. Here they come as
    (inputs, outputs): each column belongs to one unit.
    """
    turned = [[weight.T, bias] for weight, bias in parameters]
    hidden = _relu(_hidden_sums(x, turned))
    return hidden, _output(hidden, turned)


def output_without_its_axis(x, parameters):
    """Returns shape (N,) where there is one output.

    Your outputs are right, but a single output still has its axis: N samples give the shape
    (N, 1), as the matrix product leaves it.
    """
    hidden = _relu(_hidden_sums(x, parameters))
    output = _output(hidden, parameters)
    return hidden, output[:, 0] if output.shape[1] == 1 else output


def output_before_hidden(x, parameters):
    """Returns (output, hidden).

    Your two results are there, in the other order: hidden comes first, as in the network.

    No case passes: the two are never alike.
    """
    hidden = _relu(_hidden_sums(x, parameters))
    return _output(hidden, parameters), hidden
