"""A one-dimensional convolution, written from its definition: one window, one sum of products."""

import numpy as np


def conv1d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Return the cross-correlation of each sequence with each filter, shape (N, O, outL)."""
    sequences, _, length = x.shape
    filters, _, taps = weight.shape
    span = dilation * (taps - 1) + 1  # how much of the sequence one window covers
    out_length = (length + 2 * padding - span) // stride + 1

    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    out = np.zeros((sequences, filters, out_length), dtype=x.dtype)
    for n in range(sequences):
        for o in range(filters):
            for i in range(out_length):
                window = padded[n, :, i * stride : i * stride + span : dilation]
                out[n, o, i] = np.sum(window * weight[o])
            if bias is not None:
                out[n, o] += bias[o]
    return out
