"""Kernels that see one channel each, over small planes: a stack of planes, pixel by pixel.

The rows of a small plane are shorter than a vector, and what its taps meet lies across two lines of
the cache. So the planes of as many channels as a vector of pixels has lanes are laid side by side
(see plane_lanes.py), with zeros around them,

    stack[row, column, lane] = padded[channel + lane, row, column]

and a vector of weights has those of so many channels for one tap. What is added up has the dtype of
the weights: where that is wider, the lanes are done in two halves. A large stack is done in bands.

The gradient of images, too, is made here, of grad_output: of each sort of its pixels (see
pixel_sorts.py) as if it were a convolution. Its planes are put together side by side.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.columns import Steps
from reference.cpu.jit import inlined, jit
from reference.cpu.pixel_sorts import Table, tabulate_pixels, tabulate_windows
from reference.cpu.plane_lanes import NEAR_BYTES, read_planes, write_planes
from reference.cpu.planes import SPEED
from reference.cpu.stack_windows import fill_windows
from reference.cpu.tile import choose_rows
from reference.cpu.vectors import lanes, make_room, vector_bytes
from reference.threads import share
from reference.windows import Pair

# A band of a stack stays in the second cache of a core.
BAND_BYTES = 2**16
# Fewer channels leave most lanes of the widest vectors empty.
FEW_CHANNELS = 8
# Longer rows of windows, in vectors, or rows that fill whole vectors are best done as they are.
LONG_ROWS = 1.75
# How many nanoseconds it takes to lay a byte side by side with others, or back.
PER_BYTE = 0.02


class Band(NamedTuple):
    """How many rows of windows of each sort a band has, of how many rows of pixels, so far apart.

    The first pixel lies `start` before that of the image. Windows are `step` pixels apart, and
    their results `out_step`.
    """

    lines: int
    rows: int
    pitch: int
    start: Pair
    step: Pair
    out_step: Pair


# A tuple as long as the windows done at once, the sorts, where each tap meets the first window.
Plan = tuple[tuple[int, ...], Table, IntegerArray, Band]


def are_stacks(out: Shape, weight: Shape, itemsize: int, steps: Steps, groups: int) -> bool:
    """Return whether windows (N, O, H', W') of kernels (O, C/groups, kH, kW) are best done here."""
    room, vector = out[3] * itemsize, vector_bytes()
    is_short = room <= LONG_ROWS * vector and room % vector > 0
    return is_short and can_stack(weight, steps, groups)


def can_stack(weight: Shape, steps: Steps, groups: int) -> bool:
    """Return whether many channels have one kernel of shape (O, C/groups, kH, kW) each."""
    return weight[0] == groups >= FEW_CHANNELS and weight[1] == 1 and steps.images == 1


def correlate_stacks(
    out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray | None, steps: Steps
) -> None:
    """Fill out (N, C, H', W') from x (N, C, H, W) and weight (C, 1, kH, kW).

    The products are added up in the dtype of the weights; x and out have one, as wide or narrower.
    """
    plan = _plan_windows(out.shape[2:], steps, weight.itemsize, _count_planes(x))
    _fill_stacks(plan, out, x, weight, bias)


def spread_stacks(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: Steps
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, C, H', W') and weight (C, 1, kH, kW).

    The products are added up in the dtype of the weights; the other arrays have one, as wide or
    narrower.
    """
    plan = _plan_pixels(grad_x.shape[2:], steps, weight.itemsize, _count_planes(grad_x))
    _fill_stacks(plan, grad_x, grad_output, weight, None)


def estimate_time(x: FloatArray, out: FloatArray, weight: FloatArray) -> float:
    """Return how many nanoseconds it takes: for products, and for numbers that change places."""
    products = min(x.size, out.size) * weight[0].size
    return float(products / SPEED[weight.itemsize] + (x.nbytes + out.nbytes) * PER_BYTE)


def _count_planes(x: FloatArray) -> int:
    """Return how many planes a stack has: as many as a vector of pixels has lanes."""
    return vector_bytes() // x.itemsize


def _fill_stacks(
    plan: Plan, out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray | None
) -> None:
    (windows, table, places, band), channels, planes = plan, len(weight), _count_planes(x)
    padded = -(-channels // planes) * planes
    weights = np.zeros((len(table.taps) + 1, padded), weight.dtype)
    weights[:-1, :channels] = weight.reshape(channels, -1).T[table.taps]
    if bias is not None:
        weights[-1, :channels] = bias
    # Lanes after the last channel do once more what that one does.
    weights[:, channels:] = weights[:, channels - 1 : channels]
    stacks, sizes = np.arange(len(x) * padded // planes), (x.shape, out.shape[2:])
    time = estimate_time(x, out, weight)
    flat = out.reshape(-1), x.reshape(-1), weights
    share(_fill, time, (stacks,), windows, *flat, *sizes, table.sorts, places, band)


@lru_cache(maxsize=256)
def _plan_windows(count: Pair, steps: Steps, itemsize: int, planes: int) -> Plan:
    table = tabulate_windows(count, steps)
    return _make_plan(table, steps.stride, (1, 1), itemsize * planes)


@lru_cache(maxsize=256)
def _plan_pixels(size: Pair, steps: Steps, itemsize: int, planes: int) -> Plan:
    table = tabulate_pixels(size, steps)
    return _make_plan(table, (1, 1), steps.stride, itemsize * planes)


def _make_plan(table: Table, step: Pair, out_step: Pair, pixel_bytes: int) -> Plan:
    count, columns = table.sorts[0, 0, :2].tolist()
    rows, pitch = (table.start[axis] + table.end[axis] + 1 for axis in (0, 1))
    pitch += (columns - 1) * step[1]
    lines = min(max(BAND_BYTES // (pitch * step[0] * pixel_bytes), 1), count)
    band = Band(lines, (lines - 1) * step[0] + rows, pitch, table.start, step, out_step)
    places = table.find_places(pitch)
    return choose_rows(columns), table, places, band


@jit
def _fill(
    stacks: IntegerArray,
    windows: tuple[int, ...],
    out: FloatArray,
    x: FloatArray,
    weights: FloatArray,
    shape: tuple[int, int, int, int],
    out_size: Pair,
    sorts: IntegerArray,
    places: IntegerArray,
    band: Band,
) -> None:
    """Fill these stacks of out from weights (taps and bias, channels); out and x are flat."""
    planes, half, (height, width), channels = lanes(x), lanes(weights), out_size, shape[1]
    size, pitch, factors = (shape[2], shape[3]), weights.shape[1], weights.reshape(weights.size)
    lines, (down, across) = band.lines * band.out_step[0], band.out_step
    stack, tile = make_stack(weights, x, size, band.rows, band.pitch)
    results = make_room((lines * width + planes) * planes, out)
    at, step = places * planes, band.step[1] * planes
    for number in stacks:
        n, c = number * planes // pitch, number * planes % pitch
        start, last = n * channels + c, min(planes, channels - c) - 1
        for top in range(0, sorts[0, 0, 0], band.lines):
            corner = top * band.step[0] - band.start[0], -band.start[1]
            read_stack(stack, tile, x, start, last, size, corner, band.rows, band.pitch)
            for a, b in np.ndindex(sorts.shape[:2]):
                rows, columns, first, count = sorts[a, b]
                own = at[first : first + count]
                for i in range(min(band.lines, rows - top)):
                    row = i * band.step[0] * band.pitch * planes
                    place = ((i * down + a) * width + b) * planes
                    for lane in range(0, planes, half):
                        for j in range(0, columns, len(windows)):
                            fill_windows(
                                *(windows, results, place + lane, across * planes, j, columns - 1),
                                *(stack, row + lane, step, own, factors, first * pitch + c + lane),
                                *(pitch, factors, places.size * pitch + c + lane),
                            )
            done = min(lines, height - top * down) * width
            to = start * height * width + top * down * width
            write_planes(out, to, height * width, last, done, results)


@inlined
def make_stack(
    like: FloatArray, x: FloatArray, size: Pair, rows: int, pitch: int
) -> tuple[FloatArray, FloatArray]:
    """Return room for a band of a stack, and for its pixels as they are read."""
    planes = lanes(x)
    tile = make_room((min(rows, size[0]) * size[1] + planes) * planes, x)
    return make_room(rows * pitch * planes, like), tile


@inlined
def read_stack(
    stack: FloatArray,
    tile: FloatArray,
    x: FloatArray,
    plane: int,
    last: int,
    size: Pair,
    corner: Pair,
    rows: int,
    pitch: int,
) -> None:
    """Fill a stack with a band of planes, zeros around them, from the corner on."""
    (height, width), (row, column), planes = size, corner, lanes(x)
    first, end = max(row, 0), min(row + rows, height)
    # The next stack is fetched where it is not near anyway.
    ahead = planes * height * width if x.size * x.itemsize >= NEAR_BYTES else 0
    if first < end:
        start, count = plane * height * width + first * width, (end - first) * width
        read_planes(tile, x, start, height * width, last, count, ahead)
    left, skipped = max(-column, 0), max(column, 0)
    count = min(width - skipped, pitch - left) * planes
    for r in range(rows):
        to, source = r * pitch * planes, ((row + r - first) * width + skipped) * planes
        if first <= row + r < end:
            for k in range(count):
                stack[np.uintp(to + left * planes + k)] = tile[np.uintp(source + k)]
        else:
            for k in range(pitch * planes):
                stack[np.uintp(to + k)] = 0.0
