"""Right, but with Python loops over every pixel of every map: far too slow."""

import numpy as np


def vectorised_conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Return the cross-correlation of each image with each filter, shape (N, O, outH, outW)."""
    images, _, height, width = x.shape
    filters, _, kernel_height, kernel_width = weight.shape

    # A dilated kernel covers more of the image than it has taps.
    span_height = dilation * (kernel_height - 1) + 1
    span_width = dilation * (kernel_width - 1) + 1
    out_height = (height + 2 * padding - span_height) // stride + 1
    out_width = (width + 2 * padding - span_width) // stride + 1

    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((images, filters, out_height, out_width), dtype=x.dtype)
    for n in range(images):
        for o in range(filters):
            for i in range(out_height):
                for j in range(out_width):
                    rows = slice(i * stride, i * stride + span_height, dilation)
                    columns = slice(j * stride, j * stride + span_width, dilation)
                    out[n, o, i, j] = np.sum(padded[n, :, rows, columns] * weight[o])
            if bias is not None:
                out[n, o] += bias[o]
    return out
