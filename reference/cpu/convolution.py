"""Convolution on the CPU: columns of pixels, and a product of matrices (see columns.py)."""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.columns import SPEED, combine, count_rows
from reference.cpu.jit import jit
from reference.threads import share


def conv2d(
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: FloatArray,
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
) -> None:
    """Fill out (N, O, H', W'); padding is that above and on the left of x (N, C, H, W)."""
    factors = weight.astype(np.float64, copy=False).reshape(len(weight), -1)
    planes = out.reshape(*out.shape[:2], out.shape[2] * out.shape[3])
    rows = count_rows(factors.shape[1], out.shape[2:])
    work = out.size * factors.shape[1] // SPEED
    sizes = weight.shape[2:], (out.shape[2], out.shape[3], rows)
    share(_conv2d, work, (planes, x), factors, bias, *sizes, stride, padding, dilation, groups)


@jit
def _conv2d(
    out: FloatArray,
    x: FloatArray,
    factors: FloatArray,
    bias: FloatArray,
    kernel_size: tuple[int, int],
    count: tuple[int, int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
) -> None:
    """Fill out (N, O, H'*W') with factors (O, C/groups*kH*kW); count is (H', W', rows a block)."""
    height, width, rows = count
    channels, kernels, taps = x.shape[1] // groups, out.shape[1] // groups, factors.shape[1]
    scratch = np.empty((taps + 1, rows * width))  # the columns, and a row for their sum
    for n in range(out.shape[0]):
        for g in range(groups):
            image = x[n, g * channels : (g + 1) * channels]
            for top in range(0, height, rows):
                bottom = min(top + rows, height)
                _gather(scratch, image, top, bottom, width, kernel_size, stride, padding, dilation)
                total = scratch[taps, : (bottom - top) * width]
                for o in range(g * kernels, (g + 1) * kernels):
                    combine(total, factors[o], scratch)
                    for p in range(total.size):
                        out[n, o, top * width + p] = bias[o] + total[p]


@jit
def _gather(
    columns: FloatArray,
    image: FloatArray,
    top: int,
    bottom: int,
    width: int,
    kernel_size: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
) -> None:
    """Fill columns with what each tap meets in the rows of windows from top to bottom - 1."""
    k = 0
    for c in range(image.shape[0]):
        for u in range(kernel_size[0]):
            for v in range(kernel_size[1]):
                p, left = 0, v * dilation[1] - padding[1]
                for i in range(top, bottom):
                    row = i * stride[0] + u * dilation[0] - padding[0]
                    is_row = 0 <= row < image.shape[1]
                    for j in range(width):
                        column = left + j * stride[1]
                        inside = is_row and 0 <= column < image.shape[2]
                        columns[k, p] = image[c, row, column] if inside else 0.0
                        p += 1
                k += 1
