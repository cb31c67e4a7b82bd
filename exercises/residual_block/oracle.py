"""The block as two matrix products: each convolution is written out as one large matrix.

A tap of the kernel moves the whole map by at most one pixel, and a move is a matrix with ones
beside its diagonal: what it moves over the edge is lost, and zeros come in on the other side.
That is the zero padding, without any padding.
"""

import numpy as np


def residual_block(x, weight1, bias1, weight2, bias2):
    """Return relu(F(x) + x), computed in float64."""
    doubles = (np.asarray(array, np.float64) for array in (x, weight1, bias1, weight2, bias2))
    x, weight1, bias1, weight2, bias2 = doubles
    hidden = _convolve(x, weight1, bias1)
    hidden = np.where(hidden > 0, hidden, 0.0)
    y = x + _convolve(hidden, weight2, bias2)
    return np.where(y > 0, y, 0.0)


def _convolve(x, weight, bias):
    images, channels, height, width = x.shape
    filters = len(weight)
    matrix = np.zeros((filters * height * width, channels * height * width))
    for u in range(3):
        for v in range(3):
            # The tap (u, v) looks u - 1 rows down and v - 1 columns to the right.
            move = np.kron(np.eye(height, k=u - 1), np.eye(width, k=v - 1))
            matrix += np.kron(weight[:, :, u, v], move)
    columns = matrix @ x.reshape(images, channels * height * width).T
    return columns.T.reshape(images, filters, height, width) + bias[:, np.newaxis, np.newaxis]
