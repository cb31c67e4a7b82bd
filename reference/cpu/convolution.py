"""Convolution on the CPU: the formula, one loop for each index."""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import jit


@jit
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
    kernels_per_group = weight.shape[0] // groups
    for n in range(out.shape[0]):
        for o in range(out.shape[1]):
            channel = o // kernels_per_group * weight.shape[1]
            image = x[n, channel : channel + weight.shape[1]]
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    top, left = i * stride[0] - padding[0], j * stride[1] - padding[1]
                    out[n, o, i, j] = bias[o] + _correlate(image, weight[o], top, left, dilation)


@jit
def _correlate(
    image: FloatArray, kernel: FloatArray, top: int, left: int, dilation: tuple[int, int]
) -> float:
    total = 0.0
    for c in range(kernel.shape[0]):
        # A sum for each channel: the rounding error grows with its length and with the number of
        # channels, not with their product.
        channel_total = 0.0
        for u in range(kernel.shape[1]):
            for v in range(kernel.shape[2]):
                row, column = top + u * dilation[0], left + v * dilation[1]
                inside = 0 <= row < image.shape[1] and 0 <= column < image.shape[2]
                pixel = np.float64(image[c, row, column]) if inside else 0.0
                channel_total += pixel * np.float64(kernel[c, u, v])
        total += channel_total
    return total
