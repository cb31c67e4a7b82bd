"""Average pooling, written from its definition: one window, one mean."""

import numpy as np


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Return the mean of each window, shape (N, C, outH, outW)."""
    if stride is None:
        stride = kernel_size
    images, channels, height, width = x.shape
    out_height = (height + 2 * padding - kernel_size) // stride + 1
    out_width = (width + 2 * padding - kernel_size) // stride + 1

    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x, sides)
    # 1 where a number counts. The map's own zeros count too, so this is not padded != 0.
    counts = np.pad(np.ones_like(x), sides, constant_values=1 if count_include_pad else 0)
    out = np.zeros((images, channels, out_height, out_width), dtype=x.dtype)
    for n in range(images):
        for c in range(channels):
            for i in range(out_height):
                for j in range(out_width):
                    rows = slice(i * stride, i * stride + kernel_size)
                    columns = slice(j * stride, j * stride + kernel_size)
                    total = np.sum(padded[n, c, rows, columns])
                    out[n, c, i, j] = total / np.sum(counts[n, c, rows, columns])
    return out
