"""Two convolutions, each with ReLU and max pooling, and a dense layer, trained with momentum."""

import numpy as np

LEARNING_RATE, MOMENTUM, BATCH_SIZE = 0.05, 0.9, 30
FILTERS = (8, 24)
CLASSES = 10


def small_cnn(images, labels, held_out, epochs, seed):
    """Return the class probabilities of the held-out images, (M, 10), after training."""
    rng = np.random.default_rng(seed)
    weights = first_weights(rng, images.shape)
    velocities = [np.zeros_like(w) for w in weights]
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            gradients = backward(images[batch], labels[batch], weights)
            for w, v, gradient in zip(weights, velocities, gradients, strict=True):
                v *= MOMENTUM
                v -= LEARNING_RATE * gradient
                w += v
    logits, _ = forward(held_out, weights)
    return softmax(logits)


def first_weights(rng, shape):
    """Return weight and bias of each layer; He's deviation keeps the size of the activations."""
    channels, height, width = shape[1:]
    weights = []
    for filters in FILTERS:
        deviation = np.sqrt(2 / (channels * 9))
        weights += [rng.normal(0, deviation, (filters, channels, 3, 3)), np.zeros(filters)]
        channels, height, width = filters, height // 2, width // 2
    features = channels * height * width
    return [*weights, rng.normal(0, np.sqrt(1 / features), (features, CLASSES)), np.zeros(CLASSES)]


def forward(x, weights):
    """Return the logits, and of each layer what the way back needs."""
    w1, b1, w2, b2, w3, b3 = weights
    maps1, columns1 = conv(x, w1, b1)
    x1, first1 = max_pool(np.maximum(maps1, 0))
    maps2, columns2 = conv(x1, w2, b2)
    x2, first2 = max_pool(np.maximum(maps2, 0))
    flat = x2.reshape(len(x2), -1)
    return flat @ w3 + b3, (columns1, maps1, first1, columns2, maps2, first2, flat, x2.shape)


def backward(x, labels, weights):
    """Return the gradients of the mean cross-entropy, in the order of the weights."""
    logits, (columns1, maps1, first1, columns2, maps2, first2, flat, shape) = forward(x, weights)
    _, _, w2, _, w3, _ = weights
    g = (softmax(logits) - np.eye(CLASSES)[labels]) / len(x)
    g_w3, g_b3 = flat.T @ g, g.sum(axis=0)
    g = max_pool_backward((g @ w3.T).reshape(shape), first2) * (maps2 > 0)
    g_w2, g_b2 = conv_backward(g, columns2)
    g = max_pool_backward(conv_backward_input(g, w2), first1) * (maps1 > 0)
    g_w1, g_b1 = conv_backward(g, columns1)
    return g_w1.reshape(weights[0].shape), g_b1, g_w2.reshape(w2.shape), g_b2, g_w3, g_b3


def conv(x, weight, bias):
    """Return the maps of a 3x3 cross-correlation with padding 1, and the windows it saw."""
    n, channels, height, width = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))
    columns = windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * height * width, channels * 9)
    maps = columns @ weight.reshape(len(weight), -1).T + bias
    return maps.reshape(n, height, width, -1).transpose(0, 3, 1, 2), columns


def conv_backward(g, columns):
    """Return the gradients of weight, one row a filter, and bias."""
    rows = g.transpose(1, 0, 2, 3).reshape(g.shape[1], -1)
    return rows @ columns, rows.sum(axis=1)


def conv_backward_input(g, weight):
    """Return the gradient of the input: the kernels turned round, filters and channels swapped."""
    turned = weight[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    return conv(g, turned, 0.0)[0]


def max_pool(x):
    """Return the largest of each 2x2 window, and which of the four it was."""
    n, channels, height, width = x.shape
    folded = x.reshape(n, channels, height // 2, 2, width // 2, 2).transpose(0, 1, 2, 4, 3, 5)
    windows = folded.reshape(n, channels, height // 2, width // 2, 4)
    first = windows.argmax(axis=-1)[..., np.newaxis]
    return np.take_along_axis(windows, first, axis=-1)[..., 0], first


def max_pool_backward(g, first):
    """Return the gradient of the input: what comes in goes to the largest of the window."""
    n, channels, height, width = g.shape
    windows = np.zeros((n, channels, height, width, 4))
    np.put_along_axis(windows, first, g[..., np.newaxis], axis=-1)
    unfolded = windows.reshape(n, channels, height, width, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    return unfolded.reshape(n, channels, 2 * height, 2 * width)


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
