"""Convolution on the CPU: by the formula where it is small, else in tiles or plane by plane."""

import math
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from reference.arguments import FloatArray, Shape
from reference.cpu.correlation import Correlation, plan_correlation
from reference.cpu.image_layout import Layout, find_layout, lay_out, take_apart
from reference.cpu.plain_convolution import correlate_plainly
from reference.windows import FlatSteps

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
    return partial(_correlate, itemsize=np.dtype(accumulator).itemsize)


class _Way(NamedTuple):
    """How images are laid out, and what correlates them then."""

    layout: Layout
    fill: Correlation


def _correlate(
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: FloatArray | None,
    flat_steps: FlatSteps,
    itemsize: int,
) -> None:
    """Fill out; the numbers that are added up have so many bytes at least."""
    wide = weight if weight.itemsize >= itemsize else weight.astype(np.float64)
    way = _find_way(x.shape, out.shape, wide.shape, x.dtype, wide.dtype, flat_steps)
    if way.layout.is_same:
        way.fill(out, x, wide, bias)
        return
    images, kernels = lay_out(x, way.layout), wide.reshape(len(wide), *way.layout.kernel)
    if way.layout.is_together:
        n, channels, height, width = out.shape
        together = np.empty((1, channels, height, width * n), out.dtype)
        way.fill(together, images, kernels, bias)
        take_apart(out, together)
    else:
        way.fill(out, images, kernels, bias)


@lru_cache(maxsize=256)
def _find_way(
    x: Shape,
    out: Shape,
    weight: Shape,
    dtype: np.dtype[Any],
    wide: np.dtype[Any],
    flat_steps: FlatSteps,
) -> _Way:
    layout, groups = find_layout(x, out, weight, wide.itemsize, flat_steps)
    images, kernels = (x[0], *layout.image), (weight[0], *layout.kernel)
    if layout.is_together:
        images, out = ((1, s[1], s[2], s[3] * s[0]) for s in (images, out))
    return _Way(layout, plan_correlation(images, out, kernels, dtype, wide, layout.steps, groups))
