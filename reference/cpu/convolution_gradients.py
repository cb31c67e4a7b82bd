"""Gradients of convolution on the CPU: columns, and two products of matrices (see columns.py)."""

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.columns import SPEED, combine, count_rows
from reference.cpu.jit import jit
from reference.threads import share


def conv2d_backward(
    grad_x: FloatArray,
    grad_weight: FloatArray,
    grad_bias: FloatArray,
    grad_output: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
) -> None:
    """Fill the gradients; padding is that above and on the left of x (N, C, H, W)."""
    taps, count, work = weight[0].size, grad_output.shape[2:], grad_output.size * weight[0].size
    planes = grad_output.reshape(*grad_output.shape[:2], count[0] * count[1])
    steps = weight.shape[2:], stride, padding, dilation
    factors = weight.reshape(groups, len(weight) // groups, taps).swapaxes(1, 2)
    factors = factors.astype(np.float64, order="C")
    blocks = (*count, count_rows(factors.shape[2], count))
    share(_fill_grad_x, work // SPEED, (grad_x, planes), factors, blocks, *steps)
    sliced = grad_weight.reshape(len(weight), taps), grad_bias, np.arange(len(weight))
    blocks = (*count, count_rows(taps, count))
    share(_fill_grad_weight, work // SPEED, sliced, planes, x, blocks, *steps, groups)


@jit
def _fill_grad_x(
    grad_x: FloatArray,
    grad_output: FloatArray,
    factors: FloatArray,
    count: tuple[int, int, int],
    kernel_size: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> None:
    """Fill grad_x from grad_output (N, O, H'*W') and factors (groups, C/groups*kH*kW, O/groups)."""
    height, width, rows = count
    groups, taps, kernels = factors.shape
    channels, area = grad_x.shape[1] // groups, kernel_size[0] * kernel_size[1]
    scratch = np.empty((kernels + 1, rows * width))  # a row of each kernel, and one for their sum
    for n in range(grad_x.shape[0]):
        image = np.zeros((grad_x.shape[1], grad_x.shape[2], grad_x.shape[3]))
        for g in range(groups):
            for top in range(0, height, rows):
                total = scratch[kernels, : (min(top + rows, height) - top) * width]
                for o in range(kernels):
                    for p in range(total.size):
                        scratch[o, p] = grad_output[n, g * kernels + o, top * width + p]
                for k in range(taps):
                    combine(total, factors[g, k], scratch)
                    u, v = k % area // kernel_size[1], k % kernel_size[1]
                    row = top * stride[0] + u * dilation[0] - padding[0]
                    column = v * dilation[1] - padding[1]
                    _scatter(image[g * channels + k // area], total, row, column, width, stride)
        for c in range(image.shape[0]):
            for i in range(image.shape[1]):
                for j in range(image.shape[2]):
                    grad_x[n, c, i, j] = image[c, i, j]


@jit
def _scatter(
    plane: FloatArray, total: FloatArray, top: int, left: int, width: int, stride: tuple[int, int]
) -> None:
    """Add what a tap gets from each window to the pixel that it met; the padding gets nothing."""
    for i in range(total.size // width):
        row = top + i * stride[0]
        if 0 <= row < plane.shape[0]:
            for j in range(width):
                column = left + j * stride[1]
                if 0 <= column < plane.shape[1]:
                    plane[row, column] += total[i * width + j]


@jit
def _fill_grad_weight(
    grad_weight: FloatArray,
    grad_bias: FloatArray,
    kernels: IntegerArray,
    grad_output: FloatArray,
    x: FloatArray,
    count: tuple[int, int, int],
    kernel_size: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
) -> None:
    """Fill the gradients of the weights (taps) and biases of these kernels, which are neighbours.

    The bias is the weight of a pixel that is always 1: the last one of a window here.
    """
    height, width, rows = count
    taps, channels = grad_weight.shape[1], x.shape[1] // groups
    per_group, first, last = grad_output.shape[1] // groups, kernels[0], kernels[-1]
    windows = np.empty((rows * width, taps + 1))
    sums = np.zeros((kernels.size + 1, taps + 1))  # and a row for the sum of one block
    for n in range(x.shape[0]):
        for g in range(first // per_group, last // per_group + 1):
            image = x[n, g * channels : (g + 1) * channels]
            for top in range(0, height, rows):
                bottom = min(top + rows, height)
                _gather(windows, image, top, bottom, width, kernel_size, stride, padding, dilation)
                for o in range(max(first, g * per_group), min(last, (g + 1) * per_group - 1) + 1):
                    factors = grad_output[n, o, top * width : bottom * width]
                    combine(sums[-1], factors, windows)
                    for k in range(taps + 1):
                        sums[o - first, k] += sums[-1, k]
    for o in range(kernels.size):
        grad_bias[o] = sums[o, taps]
        for k in range(taps):
            grad_weight[o, k] = sums[o, k]


@jit
def _gather(
    windows: FloatArray,
    image: FloatArray,
    top: int,
    bottom: int,
    width: int,
    kernel_size: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> None:
    """Fill windows with all taps of each window in the rows from top to bottom - 1, and a 1."""
    p = 0
    for i in range(top, bottom):
        for j in range(width):
            k = 0
            for c in range(image.shape[0]):
                for u in range(kernel_size[0]):
                    row = i * stride[0] + u * dilation[0] - padding[0]
                    is_row = 0 <= row < image.shape[1]
                    for v in range(kernel_size[1]):
                        column = j * stride[1] + v * dilation[1] - padding[1]
                        inside = is_row and 0 <= column < image.shape[2]
                        windows[p, k] = image[c, row, column] if inside else 0.0
                        k += 1
            windows[p, k] = 1.0
            p += 1
