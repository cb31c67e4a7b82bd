"""Believable mistakes in mlp_backward; each docstring carries the hint that a student reads."""

import numpy as np


def _forward(x, parameters):
    """Correct: before relu, after it, and the output."""
    (weight1, bias1), (weight2, bias2) = parameters
    before = x @ weight1 + bias1
    hidden = np.maximum(before, 0)
    return before, hidden, hidden @ weight2 + bias2


def _backward(x, grad_output, before, hidden, weight2, awake=None):
    """Correct where `awake` is where units are awake, and grad_output the gradient there."""
    awake = before > 0 if awake is None else awake
    grad_before = (grad_output @ weight2.T) * awake
    return [
        [x.T @ grad_before, grad_before.sum(axis=0)],
        [hidden.T @ grad_output, grad_output.sum(axis=0)],
    ]


def mean_over_the_samples(x, y, parameters):
    """Averages over the samples.

    Your gradients are too small: they are averaged over the samples. The lecture adds the samples
    up.
    """
    before, hidden, output = _forward(x, parameters)
    grads = _backward(x, 2 * (output - y), before, hidden, parameters[1][0])
    samples = max(len(x), 1)
    return [[(array / samples).astype(array.dtype) for array in pair] for pair in grads]


def two_left_out(x, y, parameters):
    """Takes A2 - y as the derivative of its square.

    All your gradients are half as large as they should be. What is the derivative of a square?
    """
    before, hidden, output = _forward(x, parameters)
    return _backward(x, output - y, before, hidden, parameters[1][0])


def error_the_other_way_round(x, y, parameters):
    """Takes 2 (y - A2).

    Your gradients have the wrong sign. Look at the order of A2 and y in their difference.
    """
    before, hidden, output = _forward(x, parameters)
    return _backward(x, 2 * (y - output), before, hidden, parameters[1][0])


def relu_forgotten_on_the_way_back(x, y, parameters):
    """Leaves relu's derivative out.

    Errors reach the weights of units that sleep. On the way back, too, nothing passes where relu
    gave 0.
    """
    before, hidden, output = _forward(x, parameters)
    everywhere = np.ones_like(before, dtype=bool)
    return _backward(x, 2 * (output - y), before, hidden, parameters[1][0], everywhere)


def relu_forgotten_on_the_way_there(x, y, parameters):
    """Takes the hidden layer as it is before relu.

    You use the hidden units before relu for the gradients of the output layer. What the output
    layer was given is what they said after it.
    """
    (weight1, bias1), (weight2, bias2) = parameters
    before = x @ weight1 + bias1
    output = np.maximum(before, 0) @ weight2 + bias2
    return _backward(x, 2 * (output - y), before, before, weight2)


def relu_multiplied_instead_of_its_derivative(x, y, parameters):
    """Multiplies by relu's value instead of its derivative.

    On the way back you multiply by what the hidden units said. It is the derivative of relu that
    belongs there, which is 1 or 0.
    """
    before, hidden, output = _forward(x, parameters)
    return _backward(x, 2 * (output - y), before, hidden, parameters[1][0], hidden)


def awake_at_zero(x, y, parameters):
    """Takes the derivative of relu at 0 as 1.

    Your relu lets errors pass at exactly 0. Its derivative there is taken as 0.
    """
    before, hidden, output = _forward(x, parameters)
    awake = before >= 0
    return _backward(x, 2 * (output - y), before, hidden, parameters[1][0], awake)


def biases_of_the_first_sample(x, y, parameters):
    """Takes the first row where the columns are to be summed.

    Your gradients of the biases are those of the first sample. Every sample has a say in them.
    """
    before, hidden, output = _forward(x, parameters)
    grad_output = 2 * (output - y)
    (weights, _), (last, _) = _backward(x, grad_output, before, hidden, parameters[1][0])
    grad_before = (grad_output @ parameters[1][0].T) * (before > 0)
    return [[weights, grad_before[:1].sum(axis=0)], [last, grad_output[:1].sum(axis=0)]]


def output_weights_left_out(x, y, parameters):
    """Passes the error back without the weights of the output layer.

    You pass the error back to the hidden units unweighted. A unit gets as much of it as its weight
    in the output layer says.
    """
    before, hidden, output = _forward(x, parameters)
    ones = np.ones_like(parameters[1][0])
    return _backward(x, 2 * (output - y), before, hidden, ones)
