"""The gradient of kernels that see one channel each, over a stack of small planes."""

from functools import lru_cache
from math import prod
from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.columns import Steps
from reference.cpu.jit import jit
from reference.cpu.pixel_sorts import tabulate_windows
from reference.cpu.plane_lanes import read_planes
from reference.cpu.plane_stacks import (
    BAND_BYTES,
    can_stack,
    estimate_time,
    make_stack,
    read_stack,
)
from reference.cpu.planes import choose_taps
from reference.cpu.stack_windows import add_windows
from reference.cpu.vectors import lanes, make_room, vector_bytes
from reference.threads import share
from reference.windows import Pair

# So many windows are added up in the dtype of the gradient, at least: rounding errors grow with it.
FEW_WINDOWS = 64
# Rows of windows that are longer, in vectors, are best done as they are (see planes.py).
LONG_ROWS = 8


class Band(NamedTuple):
    """How many rows of windows are added up at once, how many a band has, and of how many pixels.

    Those lie so far apart, and the first of them `start` before the first of the image.
    """

    together: int
    lines: int
    rows: int
    pitch: int
    start: Pair
    step: Pair


def are_weighed(out: Shape, weight: Shape, itemsize: int, steps: Steps, groups: int) -> bool:
    """Return whether what windows (N, O, H', W') give to kernels is best added up here."""
    is_short = out[3] * itemsize <= LONG_ROWS * vector_bytes()
    return is_short and can_stack(weight, steps, groups)


def weigh_stacks(
    grad_weight: FloatArray, grad_output: FloatArray, x: FloatArray, steps: Steps
) -> None:
    """Fill grad_weight (C, 1, kH, kW) from grad_output (N, C, H', W') and x (N, C, H, W).

    The products are added up in the dtype of grad_weight; the other arrays have one, as wide or
    narrower.
    """
    planes = vector_bytes() // x.itemsize
    plan = _make_plan(grad_output.shape[2:], steps, grad_weight.itemsize * planes)
    kernels, sizes = np.arange(0, len(grad_weight), planes), (x.shape, grad_output.shape[2:])
    flat = grad_weight.reshape(len(grad_weight), -1), grad_output.reshape(-1), x.reshape(-1)
    time = estimate_time(x, grad_output, grad_weight)
    share(_weigh, time, (kernels,), *flat, *sizes, *plan)


@lru_cache(maxsize=256)
def _make_plan(
    count: Pair, steps: Steps, pixel_bytes: int
) -> tuple[tuple[int, ...], IntegerArray, Band]:
    """Return a tuple as long as the taps done at once, where each tap lies, and the bands."""
    table, taps = tabulate_windows(count, steps), choose_taps(prod(steps.kernel_size))
    rows, pitch = (table.start[axis] + table.end[axis] + 1 for axis in (0, 1))
    pitch += (count[1] - 1) * steps.stride[1]
    together = min(-(-FEW_WINDOWS // count[1]), count[0])
    most = BAND_BYTES // (pitch * steps.stride[0] * pixel_bytes * together)
    lines = max(most, 1) * together
    rows += (min(lines, count[0]) - 1) * steps.stride[0]
    places = np.zeros(-(-table.taps.size // len(taps)) * len(taps), np.int64)
    places[: table.taps.size] = table.find_places(pitch)
    return taps, places, Band(together, lines, rows, pitch, steps.start, steps.stride)


@jit
def _weigh(
    kernels: IntegerArray,
    grad_weight: FloatArray,
    grad_output: FloatArray,
    x: FloatArray,
    shape: tuple[int, int, int, int],
    out_size: Pair,
    taps: tuple[int, ...],
    places: IntegerArray,
    band: Band,
) -> None:
    """Fill grad_weight (C, taps) of the stacks that begin with these kernels.

    Of some rows of windows the products are added up in the dtype of grad_weight, of all in
    float64.
    """
    planes, half, (height, width) = lanes(x), lanes(grad_weight), out_size
    channels, size, area = shape[1], (shape[2], shape[3]), out_size[0] * out_size[1]
    stack, tile = make_stack(grad_weight, x, size, band.rows, band.pitch)
    grads = make_room((min(band.lines, height) * width + planes) * planes, x)
    sums, at = np.empty(places.size * planes), places * planes
    row, step = band.step[0] * band.pitch * planes, band.step[1] * planes
    for c in kernels:
        sums[:], last = 0.0, min(planes, channels - c) - 1
        for n in range(shape[0]):
            start = n * channels + c
            for top in range(0, height, band.lines):
                corner = top * band.step[0] - band.start[0], -band.start[1]
                read_stack(stack, tile, x, start, last, size, corner, band.rows, band.pitch)
                lines = min(band.lines, height - top)
                first = start * area + top * width
                read_planes(grads, grad_output, first, area, last, lines * width, planes * area)
                for i in range(0, lines, band.together):
                    some = min(band.together, lines - i)
                    for lane in range(0, planes, half):
                        for k in range(0, places.size, len(taps)):
                            add_windows(
                                *(taps, sums, lane, planes, stack, i * row + lane, row, step),
                                *(at, k, grads, i * width * planes + lane, width, some),
                            )
        for lane in range(last + 1):
            for k in range(grad_weight.shape[1]):
                grad_weight[c + lane, k] = sums[k * planes + lane]
