"""Convolution on the CPU: by the formula where it is small, else in tiles or plane by plane."""

import math
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from reference.arguments import FloatArray
from reference.cpu.correlation import Plan, Shape, correlate, correlate_in_tiles, plan_tiles
from reference.cpu.image_layout import Layout, find_layout, lay_out, take_apart
from reference.cpu.plain_convolution import correlate_plainly
from reference.cpu.planes import are_planes
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
    """How images are laid out, how many groups there are, and the plan of the tiles, if any."""

    layout: Layout
    groups: int
    plan: Plan | None


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
    way = _find_way(x.shape, out.shape, wide.shape, wide.itemsize, flat_steps)
    if way.layout.is_same:
        _fill(way, out, x, wide, bias)
        return
    images, kernels = lay_out(x, way.layout), wide.reshape(len(wide), *way.layout.kernel)
    if way.layout.is_together:
        n, channels, height, width = out.shape
        together = np.empty((1, channels, height, width * n), out.dtype)
        _fill(way, together, images, kernels, bias)
        take_apart(out, together)
    else:
        _fill(way, out, images, kernels, bias)


@lru_cache(maxsize=256)
def _find_way(x: Shape, out: Shape, weight: Shape, itemsize: int, flat_steps: FlatSteps) -> _Way:
    layout, groups = find_layout(x, out, weight, itemsize, flat_steps)
    images = x[0], *layout.image
    if layout.is_together:
        images, out = ((1, s[1], s[2], s[3] * s[0]) for s in (images, out))
    kernels, dtype = (weight[0], *layout.kernel), np.dtype(f"f{itemsize}")
    given = images, out, kernels, dtype, layout.steps, groups
    return _Way(layout, groups, None if are_planes(kernels, groups) else plan_tiles(*given))


def _fill(
    way: _Way, out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray | None
) -> None:
    if way.plan is None:
        correlate(out, x, weight, bias, way.layout.steps, way.groups)
    else:
        correlate_in_tiles(way.plan, out, x, weight, bias)
