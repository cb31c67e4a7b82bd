"""The gradients of pooling on the CPU: each plane is added up in float64 and rounded once."""

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit
from reference.pooling_windows import as_rows
from reference.threads import share
from reference.windows import Pair


def max_pool2d_backward(
    grad_x: FloatArray, grad_output: FloatArray, indices: IntegerArray, *windows: Pair
) -> None:
    """Fill grad_x (planes, H, W): a window sends its grad_output to the pixel of its index.

    grad_output and indices are (planes, H', W'); an index of -1 sends nothing. The gradient of the
    smallest value is the same with other indices. How the windows lie is of no use here, where each
    of them is asked, but on a GPU, where each pixel is.
    """
    sliced = tuple(map(as_rows, (grad_x, grad_output, indices)))
    share(_max_pool2d_backward, grad_x.size / 2, sliced)


def avg_pool2d_backward(
    grad_x: FloatArray,
    grad_output: FloatArray,
    heights: IntegerArray,
    widths: IntegerArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    """Fill grad_x (planes, H, W) from grad_output (planes, H', W')."""
    time = grad_output.size * kernel_size[0]
    whole = (heights, widths, kernel_size, stride, padding)
    share(_avg_pool2d_backward, time, (grad_x, grad_output), *whole)


def global_avg_pool2d_backward(grad_x: FloatArray, grad_output: FloatArray) -> None:
    """Fill grad_x (planes, pixels) from grad_output (planes,)."""
    share(_global_avg_pool2d_backward, grad_x.size / 8, (grad_x, grad_output))


@jit
def _max_pool2d_backward(
    grad_x: FloatArray, grad_output: FloatArray, indices: IntegerArray
) -> None:
    total = np.empty(grad_x.shape[1])
    for p in range(grad_x.shape[0]):
        total[:] = 0.0
        for k in range(indices.shape[1]):
            if indices[p, k] >= 0:
                total[indices[p, k]] += np.float64(grad_output[p, k])
        for pixel in range(grad_x.shape[1]):
            grad_x[p, pixel] = total[pixel]


@jit
def _avg_pool2d_backward(
    grad_x: FloatArray,
    grad_output: FloatArray,
    heights: IntegerArray,
    widths: IntegerArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    # As in the average, two short sums: what a row of windows sends to a column, then to the rows.
    size, count = grad_x.shape[1:], grad_output.shape[2]
    columns = np.empty(max((count - 1) * stride[1] + kernel_size[1], padding[1] + size[1]))
    inside = columns[padding[1] : padding[1] + size[1]]
    shares, total = np.empty(count), np.empty(size)
    for p in range(grad_x.shape[0]):
        total[:, :] = 0.0
        for i in range(grad_output.shape[1]):
            for j in range(count):
                shares[j] = np.float64(grad_output[p, i, j]) / (heights[i] * widths[j])
            columns[:] = 0.0
            for v in range(kernel_size[1]):
                taps = columns[v :: stride[1]]
                for j in range(count):
                    taps[j] += shares[j]
            top = i * stride[0] - padding[0]
            for row in range(max(top, 0), min(top + kernel_size[0], size[0])):
                for column in range(size[1]):
                    total[row, column] += inside[column]
        for row in range(size[0]):
            for column in range(size[1]):
                grad_x[p, row, column] = total[row, column]


@jit
def _global_avg_pool2d_backward(grad_x: FloatArray, grad_output: FloatArray) -> None:
    for p in range(grad_x.shape[0]):
        share_of_pixel = np.float64(grad_output[p]) / grad_x.shape[1]
        for pixel in range(grad_x.shape[1]):
            grad_x[p, pixel] = share_of_pixel
