"""Believable mistakes in dense_block, and the hint that each one earns."""

import numpy as np


def _convolve(x, weight):
    """Correct: square kernels, padded so that height and width stay."""
    size = weight.shape[-1]
    side = size // 2
    padded = np.pad(x, ((0, 0), (0, 0), (side, side), (side, side)))
    out = np.zeros((len(x), len(weight), *x.shape[2:]), dtype=x.dtype)
    for i, j in np.ndindex(*x.shape[2:]):
        windows = padded[:, np.newaxis, :, i : i + size, j : j + size]
        out[:, :, i, j] = np.sum(windows * weight, axis=(2, 3, 4))
    return out


def _layer(features, weight):
    """Correct: relu, then the convolution."""
    return _convolve(np.maximum(features, 0), weight)


def _block(x, layer_weights, layer=_layer):
    """Correct: each layer's maps are put behind all that there were."""
    for weight in layer_weights:
        x = np.concatenate([x, layer(x, weight)], axis=1)
    return x


def _pool(x, pool=np.mean, stride=2):
    """Correct: windows of 2 x 2 that fit wholly."""
    rows, columns = ((size - 2) // stride + 1 for size in x.shape[2:])
    out = np.zeros((*x.shape[:2], rows, columns), dtype=x.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        out[:, :, i, j] = pool(x[:, :, top : top + 2, left : left + 2], axis=(2, 3))
    return out


def _transition(features, weight):
    """Correct: the maps themselves, where there is no transition layer."""
    return features if weight is None else _pool(_convolve(features, weight))


def previous_layer_alone(x, layer_weights, transition_weight=None):
    """Gives each layer the maps of the layer before it, as in a plain network.

    Each of your layers sees the maps of the layer before it alone. In a dense block it sees x and
    the maps of all layers before it: look at the second axis of its weights.
    """
    newest = x.shape[1]
    for weight in layer_weights:
        new = _layer(x[:, -newest:], weight[:, -newest:])
        newest, x = len(weight), np.concatenate([x, new], axis=1)
    return _transition(x, transition_weight)


def layers_see_x_alone(x, layer_weights, transition_weight=None):
    """Gives each layer the input of the block, as in an inception block.

    Each of your layers sees x alone, side by side as in an inception block. Here they follow each
    other, and a layer sees the maps of all layers before it too.
    """
    inputs, channels = x, x.shape[1]
    for weight in layer_weights:
        x = np.concatenate([x, _layer(inputs, weight[:, :channels])], axis=1)
    return _transition(x, transition_weight)


def new_maps_first(x, layer_weights, transition_weight=None):
    """Puts the new maps before the old ones.

    You put the new maps before the old ones. The weights of the next layer count on the other
    order: x first, the newest maps last.
    """
    for weight in layer_weights:
        x = np.concatenate([_layer(x, weight), x], axis=1)
    return _transition(x, transition_weight)


def x_left_out_of_the_answer(x, layer_weights, transition_weight=None):
    """Returns the maps that the layers have made, without x.

    Without a transition layer your answer lacks the channels of x. The block hands on everything
    that a further layer would see.
    """
    features = _block(x, layer_weights)
    if transition_weight is None and layer_weights:
        return features[:, x.shape[1] :]
    return _transition(features, transition_weight)


def last_layer_alone_returned(x, layer_weights, transition_weight=None):
    """Returns the maps of the last layer, as a plain network would.

    Without a transition layer you return the maps of the last layer alone. The block hands on
    everything that a further layer would see.
    """
    features = _block(x, layer_weights)
    if transition_weight is None and layer_weights:
        return features[:, -len(layer_weights[-1]) :]
    return _transition(features, transition_weight)


def relu_after_the_convolution(x, layer_weights, transition_weight=None):
    """Convolves first and rectifies then, as in most networks.

    You rectify the new maps. In this block relu comes before the convolution: what goes into a
    layer is rectified, what comes out may be negative.
    """
    features = _block(x, layer_weights, lambda maps, weight: np.maximum(_convolve(maps, weight), 0))
    return _transition(features, transition_weight)


def relu_left_out(x, layer_weights, transition_weight=None):
    """Convolves the maps as they are.

    Negative numbers go into your convolutions. Each layer begins with relu.
    """
    return _transition(_block(x, layer_weights, _convolve), transition_weight)


def rectified_maps_kept(x, layer_weights, transition_weight=None):
    """Replaces the maps by the rectified ones.

    You keep the maps after relu, so their negative numbers are lost for the answer. Relu belongs to
    the layer: the maps that are handed on stay as they are.
    """
    for weight in layer_weights:
        x = np.maximum(x, 0)
        x = np.concatenate([x, _convolve(x, weight)], axis=1)
    return _transition(x, transition_weight)


def relu_in_the_transition_layer(x, layer_weights, transition_weight=None):
    """Begins the transition layer with relu too.

    Your transition layer rectifies its input. Here only the layers of the block do so.
    """
    features = _block(x, layer_weights)
    return features if transition_weight is None else _pool(_layer(features, transition_weight))


def pooling_left_out(x, layer_weights, transition_weight=None):
    """Ends the transition layer with the 1 x 1 convolution.

    Your transition layer gives maps as large as x. After the 1 x 1 convolution comes average
    pooling, which halves height and width.
    """
    features = _block(x, layer_weights)
    return features if transition_weight is None else _convolve(features, transition_weight)


def maximum_instead_of_average(x, layer_weights, transition_weight=None):
    """Pools with the maximum, as most networks do.

    Your transition layer takes the largest number of each window. DenseNet takes their average
    there.
    """
    features = _block(x, layer_weights)
    if transition_weight is None:
        return features
    return _pool(_convolve(features, transition_weight), np.max)


def windows_that_overlap(x, layer_weights, transition_weight=None):
    """Moves the pooling window by one pixel.

    Your pooling window moves by one pixel. The windows of 2 x 2 lie side by side, so height and
    width are halved.
    """
    features = _block(x, layer_weights)
    if transition_weight is None:
        return features
    return _pool(_convolve(features, transition_weight), stride=1)


def kernel_flipped(x, layer_weights, transition_weight=None):
    """Turns the kernels by 180 degrees.

    Your kernels are flipped: deep learning lays them on the maps as they are (cross-correlation).
    """
    turned = [weight[:, :, ::-1, ::-1] for weight in layer_weights]
    return _transition(_block(x, turned), transition_weight)
