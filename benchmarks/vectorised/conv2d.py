"""A convolution layer as a good student vectorises it: all windows at once, one product."""

import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Return the cross-correlation of each image with each filter, shape (N, O, outH, outW)."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = [dilation * (size - 1) + 1 for size in weight.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(padded, span, axis=(2, 3))
    taps = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(taps, weight, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)
    return out if bias is None else out + bias[:, np.newaxis, np.newaxis]
