"""Believable mistakes in an inception block; each docstring carries a student's hint."""

import numpy as np


def _relu(x):
    return np.maximum(x, 0)


def _conv(x, weight, mode="constant"):
    """Correct with zeros around the map, which is the mode "constant"."""
    height, width = x.shape[2:]
    size = weight.shape[2]
    sides = ((0, 0), (0, 0), (size // 2, size // 2), (size // 2, size // 2))
    padded = np.pad(x, sides, mode=mode)
    out = np.zeros((len(x), len(weight), height, width), dtype=x.dtype)
    for i in range(height):
        for j in range(width):
            window = padded[:, :, i : i + size, j : j + size]
            out[:, :, i, j] = np.einsum("ncuv,ocuv->no", window, weight)
    return out


def _pool(x, outside=-np.inf, take=np.max):
    """Correct: the largest of each pixel and its neighbours."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), constant_values=outside)
    out = np.zeros_like(x)
    for i in range(x.shape[2]):
        for j in range(x.shape[3]):
            out[:, :, i, j] = take(padded[:, :, i : i + 3, j : j + 3], axis=(2, 3))
    return out


def _convolutions(x, *weights, mode="constant"):
    """The first three branches before their ReLU, correct."""
    return [_conv(x, weight, mode) for weight in weights]


def _join(branches):
    return _relu(np.concatenate(branches, axis=1))


def relu_forgotten(x, weight1, weight3, weight5, weight_pool):
    """Concatenates the convolutions without ReLU.

    Your maps hold negative numbers. What follows each convolution in the drawing?
    """
    branches = _convolutions(x, weight1, weight3, weight5)
    return np.concatenate([*branches, _conv(_pool(x), weight_pool)], axis=1)


def no_relu_after_the_pooling_branch(x, weight1, weight3, weight5, weight_pool):
    """Leaves the ReLU out where the branch began with pooling.

    The last channels of your answer hold negative numbers, the others do not. The fourth branch
    ends with a convolution like the rest, and with what follows it.
    """
    branches = _join(_convolutions(x, weight1, weight3, weight5))
    return np.concatenate([branches, _conv(_pool(x), weight_pool)], axis=1)


def pooling_padded_with_zeros(x, weight1, weight3, weight5, weight_pool):
    """Pads with zeros before the pooling, as the convolutions do.

    Your pooling finds zeros around the map, and a zero is larger than any negative number. Only
    pixels inside the map take part.
    """
    branches = _convolutions(x, weight1, weight3, weight5)
    return _join([*branches, _conv(_pool(x, 0), weight_pool)])


def average_pooling(x, weight1, weight3, weight5, weight_pool):
    """Averages each pixel and its neighbours.

    Your fourth branch averages the pixels. Which one of them does this pooling keep?
    """
    branches = _convolutions(x, weight1, weight3, weight5)
    return _join([*branches, _conv(_pool(x, np.nan, np.nanmean), weight_pool)])


def pooling_after_the_convolution(x, weight1, weight3, weight5, weight_pool):
    """Pools what the 1x1 convolution has made.

    Your fourth branch convolves first and pools then. A negative weight would turn the largest
    into the smallest, so the order matters: follow the arrows of the drawing.
    """
    branches = _convolutions(x, weight1, weight3, weight5)
    return _join([*branches, _pool(_conv(x, weight_pool))])


def pooling_without_its_convolution(x, weight1, weight3, weight5, weight_pool):
    """Leaves out the 1x1 convolution after the pooling.

    Your fourth branch ends with the pooling. Pooled maps keep all C channels of x; a convolution
    with `weight_pool` makes as many of them as the block wants.
    """
    return _join([*_convolutions(x, weight1, weight3, weight5), _pool(x)])


def pooling_over_the_channels(x, weight1, weight3, weight5, weight_pool):
    """Takes the maximum over the channels as well.

    Your pooling takes the largest value of all channels together. Each channel is pooled on its
    own; it is the convolution after it that mixes them.
    """
    pooled = np.broadcast_to(_pool(x).max(axis=1, keepdims=True), x.shape)
    branches = _convolutions(x, weight1, weight3, weight5)
    return _join([*branches, _conv(pooled, weight_pool)])


def pooling_of_the_image_left_out(x, weight1, weight3, weight5, weight_pool):
    """Gives x itself to the last convolution.

    Your fourth branch has no pooling: it is a second 1x1 branch. What comes before its convolution?
    """
    return _join(_convolutions(x, weight1, weight3, weight5, weight_pool))


def pooling_branch_first(x, weight1, weight3, weight5, weight_pool):
    """Concatenates in another order: the pooling branch comes first.

    Your maps are right, in another order: the channels of the pooling branch come last, and the
    three convolutions before them go by the size of their kernels.
    """
    branches = _convolutions(x, weight1, weight3, weight5)
    return _join([_conv(_pool(x), weight_pool), *branches])


def kernels_flipped(x, weight1, weight3, weight5, weight_pool):
    """Computes true convolutions, with the kernels turned by 180 degrees.

    Your kernels are flipped: deep learning lays them on the map as they are (cross-correlation).
    Look at which weight meets the top left pixel of a window.
    """
    turned = (weight[:, :, ::-1, ::-1] for weight in (weight1, weight3, weight5))
    return _join([*_convolutions(x, *turned), _conv(_pool(x), weight_pool)])


def edges_repeated(x, weight1, weight3, weight5, weight_pool):
    """Pads the convolutions with copies of the pixels at the edge.

    Your 3x3 and 5x5 branches are wrong at the edges, where you repeat the outermost pixels. What
    do the convolutions see outside the map?
    """
    branches = _convolutions(x, weight1, weight3, weight5, mode="edge")
    return _join([*branches, _conv(_pool(x), weight_pool)])


def maps_laid_side_by_side(x, weight1, weight3, weight5, weight_pool):
    """Concatenates along the width.

    You lay the maps of the branches side by side, so that they become wider. Concatenate them
    along the axis of the channels, which is the second of (N, C, H, W).

    No case passes: the shape is another one even for a single kernel in each branch.
    """
    branches = _convolutions(x, weight1, weight3, weight5)
    return _relu(np.concatenate([*branches, _conv(_pool(x), weight_pool)], axis=3))


def branches_added(x, weight1, weight3, weight5, weight_pool):
    """Adds the maps of the branches, as ResNet does.

    You add the branches, as a residual block does. Here none of them is lost in a sum: the result
    has the channels of all four, one after the other.

    No case passes: the sum has the channels of one branch only.
    """
    branches = _convolutions(x, weight1, weight3, weight5)
    return sum(_relu(branch) for branch in [*branches, _conv(_pool(x), weight_pool)])
