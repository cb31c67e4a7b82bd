"""A convolution and its gradients by the formulas, one product after the other, in float64.

For small work, where everything else takes longer to begin than this to end, and for gradients that
have infinite weights: here each product is one of the formula, and none is with a zero around it.
"""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.columns import Steps
from reference.cpu.jit import jit
from reference.windows import Pair


@jit
def correlate_plainly(
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: FloatArray,
    stride: Pair,
    start: Pair,
    dilation: Pair,
    groups: int,
) -> None:
    """Fill out (N, O, H', W') from x (N, C, H, W); a zero of the padding is a pixel like others.

    Not of Steps, which Numba takes longer to read than a small convolution takes.
    """
    kernels, channels = out.shape[1] // groups, weight.shape[1]
    for n in range(out.shape[0]):
        for o in range(out.shape[1]):
            images = x[n, o // kernels * channels : (o // kernels + 1) * channels]
            for i in range(out.shape[2]):
                row = i * stride[0] - start[0]
                for j in range(out.shape[3]):
                    column = j * stride[1] - start[1]
                    total = np.float64(bias[o])
                    total += _multiply_window(images, weight[o], row, column, dilation)
                    out[n, o, i, j] = total


@jit
def _multiply_window(
    images: FloatArray, weight: FloatArray, top: int, left: int, dilation: tuple[int, int]
) -> float:
    total = 0.0
    for c in range(weight.shape[0]):
        for u in range(weight.shape[1]):
            row = top + u * dilation[0]
            is_row = 0 <= row < images.shape[1]
            for v in range(weight.shape[2]):
                column = left + v * dilation[1]
                inside = is_row and 0 <= column < images.shape[2]
                pixel = np.float64(images[c, row, column]) if inside else 0.0
                total += np.float64(weight[c, u, v]) * pixel
    return total


@jit
def spread_plainly(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, O, H', W'): each window gives to its pixels."""
    kernels, channels = grad_output.shape[1] // groups, weight.shape[1]
    _, planes, height, width = grad_x.shape
    image = np.empty((planes, height, width))
    for n in range(grad_x.shape[0]):
        image[:] = 0.0
        for o in range(grad_output.shape[1]):
            first = o // kernels * channels
            for i in range(grad_output.shape[2]):
                top = i * steps.stride[0] - steps.start[0]
                for j in range(grad_output.shape[3]):
                    left = j * steps.stride[1] - steps.start[1]
                    grad = np.float64(grad_output[n, o, i, j])
                    _spread_window(image, first, grad, weight, o, top, left, steps)
        for c in range(planes):
            for i in range(height):
                for j in range(width):
                    grad_x[n, c, i, j] = image[c, i, j]


@jit
def _spread_window(
    image: FloatArray,
    first: int,
    grad: float,
    weight: FloatArray,
    o: int,
    top: int,
    left: int,
    steps: Steps,
) -> None:
    """Add to the pixels that a window met, and that lie in the image, what it gives to them."""
    for c in range(weight.shape[1]):
        for u in range(weight.shape[2]):
            row = top + u * steps.dilation[0]
            if 0 <= row < image.shape[1]:
                for v in range(weight.shape[3]):
                    column = left + v * steps.dilation[1]
                    if 0 <= column < image.shape[2]:
                        image[first + c, row, column] += grad * weight[o, c, u, v]


@jit
def weigh_plainly(
    grad_weight: FloatArray, grad_output: FloatArray, x: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill grad_weight (O, C/groups, kH, kW): what each tap met, times what its window got."""
    kernels, channels = grad_output.shape[1] // groups, grad_weight.shape[1]
    for o in range(grad_weight.shape[0]):
        for c in range(channels):
            for u in range(grad_weight.shape[2]):
                for v in range(grad_weight.shape[3]):
                    total = 0.0
                    for n in range(x.shape[0]):
                        image = x[n, o // kernels * channels + c]
                        for i in range(grad_output.shape[2]):
                            row = i * steps.stride[0] + u * steps.dilation[0] - steps.start[0]
                            is_row = 0 <= row < image.shape[0]
                            for j in range(grad_output.shape[3]):
                                column = j * steps.stride[1] + v * steps.dilation[1]
                                column -= steps.start[1]
                                inside = is_row and 0 <= column < image.shape[1]
                                pixel = np.float64(image[row, column]) if inside else 0.0
                                total += np.float64(grad_output[n, o, i, j]) * pixel
                    grad_weight[o, c, u, v] = total
