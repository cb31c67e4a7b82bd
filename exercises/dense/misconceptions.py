"""Believable mistakes in a fully connected layer, and the hint that each one earns."""

import numpy as np


def _with(bias, sums):
    """Add the bias where there is one, correct."""
    return sums if bias is None else sums + bias


def weights_outputs_first(x, weight, bias=None):
    """Multiplies by the transposed weights, as PyTorch stores them.

    You multiply by the transpose of the weights, as with PyTorch's. Here they come as
    (inputs, outputs): each column belongs to one neuron.
    """
    return _with(bias, x @ weight.T)


def bias_forgotten(x, weight, bias=None):
    """Leaves the bias out.

    You leave the bias out. Every neuron adds its own to the weighted sum.
    """
    return x @ weight


def bias_always_there(x, weight, bias=None):
    """Adds the bias without asking whether there is one.

    Your layer fails when no bias is given. It may be None: then there is nothing to add.
    """
    return x @ weight + bias


def bias_for_the_samples(x, weight, bias=None):
    """Gives each sample a bias instead of each neuron.

    You add one bias per sample. The bias belongs to the neurons, which lie along the columns of
    the output.
    """
    return x @ weight + (0 if bias is None else bias[:, np.newaxis])


def bias_added_to_the_inputs(x, weight, bias=None):
    """Adds the bias to x before the product.

    You add the bias to the inputs, so that it is weighted with them. It comes after the weighted
    sum: there is one number per neuron, not per input.
    """
    return _with(bias, x) @ weight


def bias_for_every_input(x, weight, bias=None):
    """Adds the bias inside the sum, once for each input.

    You add the bias once for every input. It stands outside the sum: each neuron adds it once.
    """
    return x @ weight + (0 if bias is None else len(weight) * bias)


def first_bias_for_all(x, weight, bias=None):
    """Gives all neurons the first bias.

    All your neurons add the same number. Each has a bias of its own.
    """
    return x @ weight + (0 if bias is None else bias[0])


def activation_added(x, weight, bias=None):
    """Applies relu to the sums.

    Your answers are never negative: you apply relu. This layer ends with the sums; an activation
    is a step of its own.
    """
    return np.maximum(_with(bias, x @ weight), 0)


def mean_over_the_inputs(x, weight, bias=None):
    """Divides the sums by the number of inputs.

    You take the mean over the inputs. A neuron takes the sum: more inputs make it larger.
    """
    return _with(bias, x @ weight / len(weight))


def always_a_batch(x, weight, bias=None):
    """Returns shape (1, J) for a single sample.

    Your answer is right for a batch. A single sample comes without a batch axis, and its answer
    has none either.
    """
    return _with(bias, np.atleast_2d(x) @ weight)


def products_of_the_same_place(x, weight, bias=None):
    """Multiplies x and weight element by element.

    You multiply place by place. A layer multiplies each sample with each column and adds up: that
    is the matrix product, which NumPy does not write as *.
    """
    return _with(bias, x * weight)
