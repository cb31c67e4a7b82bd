"""The block seen from the input: each pixel sends its value to the places that look at it.

Nothing is padded. A pixel near the edge reaches fewer places, and the pooling compares neighbours
along the rows first and along the columns then.
"""

import numpy as np


def inception_block(x, weight1, weight3, weight5, weight_pool):
    """Return the maps of the four branches, computed in float64."""
    weights = [np.asarray(w, np.float64) for w in (weight1, weight3, weight5, weight_pool)]
    x = np.asarray(x, np.float64)
    sources = x, x, x, _largest_neighbours(_largest_neighbours(x, axis=2), axis=3)

    ends = np.cumsum([0, *(len(weight) for weight in weights)])
    out = np.zeros((len(x), ends[-1], *x.shape[2:]))
    for source, weight, begin, end in zip(sources, weights, ends[:-1], ends[1:], strict=True):
        out[:, begin:end] = _send(source, weight)
    out[out < 0] = 0
    return out


def _largest_neighbours(x, axis):
    """Return the largest of each number, the one before it and the one after it."""
    x = np.moveaxis(x, axis, 0)
    best = x.copy()
    best[1:] = np.maximum(best[1:], x[:-1])
    best[:-1] = np.maximum(best[:-1], x[1:])
    return np.moveaxis(best, 0, axis)


def _send(x, weight):
    """Return the convolution: output (i, j) gets what pixel (i + u - p, j + v - p) sends."""
    images, _, height, width = x.shape
    size = weight.shape[2]
    reach = size // 2
    out = np.zeros((images, len(weight), height, width))
    for row, column, u, v in np.ndindex(height, width, size, size):
        i, j = row - (u - reach), column - (v - reach)
        if 0 <= i < height and 0 <= j < width:
            out[:, :, i, j] += x[:, :, row, column] @ weight[:, :, u, v].T
    return out
