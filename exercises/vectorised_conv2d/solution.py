"""A convolution as one matrix product: the windows as columns, the filters as rows (im2col)."""

import numpy as np


def vectorised_conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Return the cross-correlation of each image with each filter, shape (N, O, outH, outW)."""
    images, channels, height, width = x.shape
    filters, _, kernel_height, kernel_width = weight.shape
    out_height = (height + 2 * padding - dilation * (kernel_height - 1) - 1) // stride + 1
    out_width = (width + 2 * padding - dilation * (kernel_width - 1) - 1) // stride + 1

    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    taps = np.empty((images, channels, kernel_height, kernel_width, out_height, out_width), x.dtype)
    for u in range(kernel_height):
        for v in range(kernel_width):
            rows = slice(u * dilation, u * dilation + stride * out_height, stride)
            columns = slice(v * dilation, v * dilation + stride * out_width, stride)
            taps[:, :, u, v] = padded[:, :, rows, columns]

    columns = taps.reshape(images, -1, out_height * out_width)
    out = weight.reshape(filters, -1) @ columns
    if bias is not None:
        out += bias[:, np.newaxis]
    return out.reshape(images, filters, out_height, out_width)
