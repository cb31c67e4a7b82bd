"""A convolution and its gradients by the formulas, one product after the other, in float64.

For small work, where everything else takes longer to begin than this to end, and for gradients that
have infinite weights: here each product is one of the formula, and none is with a zero around it.
"""

import numpy as np

from reference.arguments import FloatArray
from reference.cpu.jit import inlined, jit
from reference.windows import FlatSteps


@jit
def correlate_plainly(
    out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray | None, steps: FlatSteps
) -> None:
    """Fill out (N, O, H', W') from x (N, C, H, W); a zero of the padding is a pixel like others."""
    kernels, channels = out.shape[1] // steps[6], weight.shape[1]
    for n in range(out.shape[0]):
        for o in range(out.shape[1]):
            start = 0.0 if bias is None else np.float64(bias[o])
            _fill_plane(out, x, weight, start, steps, n, o, o // kernels * channels)


@inlined
def _fill_plane(
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: float,
    steps: FlatSteps,
    n: int,
    o: int,
    first: int,
) -> None:
    """Fill out[n, o] from the channels of image n that begin with the first."""
    for i in range(out.shape[2]):
        top = i * steps[0] - steps[2]
        for j in range(out.shape[3]):
            left, total = j * steps[1] - steps[3], 0.0
            for c in range(weight.shape[1]):
                for u in range(weight.shape[2]):
                    row = top + u * steps[4]
                    is_row = 0 <= row < x.shape[2]
                    for v in range(weight.shape[3]):
                        column = left + v * steps[5]
                        inside = is_row and 0 <= column < x.shape[3]
                        pixel = np.float64(x[n, first + c, row, column]) if inside else 0.0
                        total += np.float64(weight[o, c, u, v]) * pixel
            out[n, o, i, j] = bias + total


@jit
def spread_plainly(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: FlatSteps
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, O, H', W'): each window gives to its pixels."""
    kernels, channels = grad_output.shape[1] // steps[6], weight.shape[1]
    _, planes, height, width = grad_x.shape
    image = np.empty((planes, height, width))
    for n in range(grad_x.shape[0]):
        image[:] = 0.0
        for o in range(grad_output.shape[1]):
            first = o // kernels * channels
            for i in range(grad_output.shape[2]):
                top = i * steps[0] - steps[2]
                for j in range(grad_output.shape[3]):
                    left = j * steps[1] - steps[3]
                    grad = np.float64(grad_output[n, o, i, j])
                    _spread_window(image, first, grad, weight, o, top, left, steps)
        for c in range(planes):
            for i in range(height):
                for j in range(width):
                    grad_x[n, c, i, j] = image[c, i, j]


@inlined
def _spread_window(
    image: FloatArray,
    first: int,
    grad: float,
    weight: FloatArray,
    o: int,
    top: int,
    left: int,
    steps: FlatSteps,
) -> None:
    """Add to the pixels that a window met, and that lie in the image, what it gives to them."""
    for c in range(weight.shape[1]):
        for u in range(weight.shape[2]):
            row = top + u * steps[4]
            if 0 <= row < image.shape[1]:
                for v in range(weight.shape[3]):
                    column = left + v * steps[5]
                    if 0 <= column < image.shape[2]:
                        image[first + c, row, column] += grad * weight[o, c, u, v]


@jit
def weigh_plainly(
    grad_weight: FloatArray, grad_output: FloatArray, x: FloatArray, steps: FlatSteps
) -> None:
    """Fill grad_weight (O, C/groups, kH, kW): what each tap met, times what its window got."""
    kernels, channels = grad_output.shape[1] // steps[6], grad_weight.shape[1]
    for o in range(grad_weight.shape[0]):
        for c in range(channels):
            for u in range(grad_weight.shape[2]):
                for v in range(grad_weight.shape[3]):
                    total = 0.0
                    for n in range(x.shape[0]):
                        image = x[n, o // kernels * channels + c]
                        for i in range(grad_output.shape[2]):
                            row = i * steps[0] + u * steps[4] - steps[2]
                            is_row = 0 <= row < image.shape[0]
                            for j in range(grad_output.shape[3]):
                                column = j * steps[1] + v * steps[5]
                                column -= steps[3]
                                inside = is_row and 0 <= column < image.shape[1]
                                pixel = np.float64(image[row, column]) if inside else 0.0
                                total += np.float64(grad_output[n, o, i, j]) * pixel
                    grad_weight[o, c, u, v] = total
