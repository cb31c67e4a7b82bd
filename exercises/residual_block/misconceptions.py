"""Believable mistakes in a residual block; each docstring carries the hint that a student reads."""

import numpy as np


def _relu(x):
    return np.maximum(x, 0)


def _conv(x, weight, bias, mode="constant"):
    """Correct with zeros around the map, which is the mode "constant"."""
    height, width = x.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode=mode)
    out = np.zeros((len(x), len(weight), height, width), dtype=x.dtype)
    for i in range(height):
        for j in range(width):
            window = padded[:, :, i : i + 3, j : j + 3]
            out[:, :, i, j] = np.einsum("ncuv,ocuv->no", window, weight) + bias
    return out


def _residual(x, weight1, bias1, weight2, bias2):
    """F(x), correct."""
    return _conv(_relu(_conv(x, weight1, bias1)), weight2, bias2)


def shortcut_forgotten(x, weight1, bias1, weight2, bias2):
    """Returns relu(F(x)), two ordinary layers.

    Your two convolutions follow each other as in any network, and x itself is gone at the end.
    What does the shortcut carry past them?
    """
    return _relu(_residual(x, weight1, bias1, weight2, bias2))


def no_relu_after_the_addition(x, weight1, bias1, weight2, bias2):
    """Returns F(x) + x, as the lectures write it.

    You stop at F(x) + x, as the lectures do. In the paper, and here, one more step follows the
    addition: can a number in your answer be negative?
    """
    return _residual(x, weight1, bias1, weight2, bias2) + x


def relu_before_the_addition(x, weight1, bias1, weight2, bias2):
    """Returns relu(F(x)) + x: the second convolution ends with its ReLU.

    You apply ReLU to F(x) and then add x. So your block can only add to its input, never take
    anything away from it. Which of the two comes first?
    """
    return _relu(_residual(x, weight1, bias1, weight2, bias2)) + x


def relu_before_and_after_the_addition(x, weight1, bias1, weight2, bias2):
    """Puts a ReLU behind both convolutions and behind the addition.

    You have one ReLU too many: one belongs between the convolutions and one after the addition.
    F(x) goes into the addition with its negative numbers.
    """
    return _relu(_relu(_residual(x, weight1, bias1, weight2, bias2)) + x)


def no_relu_between_the_convolutions(x, weight1, bias1, weight2, bias2):
    """Leaves out the ReLU in the middle of F.

    Your convolutions follow each other with nothing in between, and two linear steps are no more
    than one. What stands between them in F?
    """
    return _relu(_conv(_conv(x, weight1, bias1), weight2, bias2) + x)


def relu_before_the_convolutions(x, weight1, bias1, weight2, bias2):
    """Puts each ReLU before its convolution, as the later "pre-activation" blocks do.

    You apply ReLU before each convolution and add at the very end. A later paper on ResNet does
    so; in this block a ReLU comes after the first convolution and after the addition.
    """
    return _residual(_relu(x), weight1, bias1, weight2, bias2) + x


def relu_on_the_shortcut(x, weight1, bias1, weight2, bias2):
    """Applies ReLU to x before it is added.

    You apply ReLU to x on its way past the convolutions. The shortcut changes nothing: a negative
    x still pulls the sum down.
    """
    return _relu(_residual(x, weight1, bias1, weight2, bias2) + _relu(x))


def shortcut_around_the_second_convolution(x, weight1, bias1, weight2, bias2):
    """Adds the hidden maps instead of x.

    You add the output of the first convolution. The shortcut begins before it and goes past both
    convolutions.
    """
    hidden = _relu(_conv(x, weight1, bias1))
    return _relu(_conv(hidden, weight2, bias2) + hidden)


def shortcut_around_the_first_convolution(x, weight1, bias1, weight2, bias2):
    """Adds x before the second convolution.

    Your shortcut comes back too early: you add x to what goes into the second convolution. It has
    to skip both of them.
    """
    hidden = _relu(_conv(x, weight1, bias1)) + x
    return _relu(_conv(hidden, weight2, bias2))


def first_weights_twice(x, weight1, bias1, weight2, bias2):
    """Uses the weights and the bias of the first convolution for the second too.

    Your second convolution uses the weights of the first. Each has its own kernels and biases.
    """
    return _relu(_residual(x, weight1, bias1, weight1, bias1) + x)


def biases_forgotten(x, weight1, bias1, weight2, bias2):
    """Leaves both biases out.

    You leave the biases out. Each map that a convolution makes gets its own number added.
    """
    return _relu(_residual(x, weight1, 0, weight2, 0) + x)


def kernels_flipped(x, weight1, bias1, weight2, bias2):
    """Computes true convolutions, with the kernels turned by 180 degrees.

    Your kernels are flipped: deep learning lays them on the map as they are (cross-correlation).
    Look at which weight meets the top left pixel of a window.
    """
    turned = weight1[:, :, ::-1, ::-1], bias1, weight2[:, :, ::-1, ::-1], bias2
    return _relu(_residual(x, *turned) + x)


def edges_repeated(x, weight1, bias1, weight2, bias2):
    """Pads with copies of the pixels at the edge.

    Your answers are right in the middle of a map and wrong at its edges, where you repeat the
    outermost pixels. What are the pixels outside the map?
    """
    hidden = _relu(_conv(x, weight1, bias1, "edge"))
    return _relu(_conv(hidden, weight2, bias2, "edge") + x)
