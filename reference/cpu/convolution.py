"""Convolution on the CPU: by the formula where it is small, else in tiles or plane by plane."""

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import DTypeLike

from reference.arguments import FloatArray
from reference.cpu.columns import Steps
from reference.cpu.correlation import correlate
from reference.cpu.image_layout import choose_layout, lay_out, take_apart
from reference.cpu.plain_convolution import correlate_plainly
from reference.windows import FlatSteps, split_steps

# Up to so many products the plain loops are done before anything else has begun.
SMALL = 2**11


def conv2d_for(
    shape: tuple[int, ...], kernel: tuple[int, ...], accumulator: DTypeLike
) -> Callable[..., None]:
    """Return what fills a result of the shape (N, O, H', W') by kernels (O, C/groups, kH, kW).

    Its arguments are those of correlate_plainly.
    """
    if math.prod(shape) * math.prod(kernel[1:]) <= SMALL:
        return correlate_plainly
    return partial(_correlate, accumulator=accumulator)


def _correlate(
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: FloatArray | None,
    flat_steps: FlatSteps,
    accumulator: DTypeLike,
) -> None:
    *pairs, groups = split_steps(flat_steps)
    steps = Steps((weight.shape[2], weight.shape[3]), *pairs)
    biases = np.zeros(len(weight), weight.dtype) if bias is None else bias
    wide = weight.astype(np.result_type(weight, np.dtype(accumulator)), copy=False)
    layout = choose_layout(x.shape, out.shape, weight.shape, wide.itemsize, steps)
    images, kernels = lay_out(x, layout), wide.reshape(len(wide), *layout.kernel)
    if not layout.is_together:
        correlate(out, images, kernels, biases, layout.steps, groups)
        return
    n, channels, height, width = out.shape
    together = np.empty((1, channels, height, width * n), out.dtype)
    correlate(together, images, kernels, biases, layout.steps, groups)
    take_apart(out, together)
