"""Convolution on the CPU: by the formula where it is small, else in tiles or plane by plane."""

import numpy as np
from numpy.typing import DTypeLike

from reference.arguments import FloatArray
from reference.cpu.columns import Steps
from reference.cpu.correlation import correlate
from reference.cpu.image_layout import choose_layout, lay_out, take_apart
from reference.cpu.plain_convolution import correlate_plainly
from reference.windows import Pair

# Up to so many products the plain loops are done before anything else has begun.
SMALL = 2**11


def conv2d(
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: FloatArray,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
    groups: int,
    accumulator: DTypeLike,
) -> None:
    """Fill out (N, O, H', W'); padding is that above and on the left of x (N, C, H, W)."""
    if out.size * weight.size <= SMALL * len(weight):
        correlate_plainly(out, x, weight, bias, stride, padding, dilation, groups)
    else:
        steps = Steps((weight.shape[2], weight.shape[3]), stride, padding, dilation)
        wide = weight.astype(np.result_type(weight, np.dtype(accumulator)), copy=False)
        _correlate(out, x, wide, bias, steps, groups)


def _correlate(
    out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray, steps: Steps, groups: int
) -> None:
    layout = choose_layout(x.shape, out.shape, weight.shape, weight.itemsize, steps)
    images, kernels = lay_out(x, layout), weight.reshape(len(weight), *layout.kernel)
    if not layout.is_together:
        correlate(out, images, kernels, bias, layout.steps, groups)
        return
    n, channels, height, width = out.shape
    together = np.empty((1, channels, height, width * n), out.dtype)
    correlate(together, images, kernels, bias, layout.steps, groups)
    take_apart(out, together)
