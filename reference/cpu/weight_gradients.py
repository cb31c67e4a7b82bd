"""The gradient of a convolution's kernels: tiles again, whose columns are output channels.

    grad_weight[o, tap] = sum over all windows p of columns[tap, p] * grad_output[o, p]

A row of a tile is a tap: it reads pixels one after the other, from the block of columns that the
forward pass would use (see columns.py). The columns of a tile are kernels: grad_output is turned
block by block, so that they are neighbours. The sums of a block have the dtype of grad_weight, and
those of several blocks are added up in float64.
"""

from functools import lru_cache, partial
from math import prod
from typing import Any, NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.columns import BLOCK_BYTES, Block, Steps, choose_block, find_taps, make_columns
from reference.cpu.gathering import gather
from reference.cpu.jit import inlined, jit
from reference.cpu.planes import are_planes, weigh_planes
from reference.cpu.squares import transpose, turn
from reference.cpu.stack_weights import are_weighed, weigh_stacks
from reference.cpu.tile import ONE_VECTOR, add_tile, choose_rows
from reference.cpu.vectors import lanes, make_room, vector_bytes
from reference.threads import share

TWO_VECTORS = (0, 0)
# The length of a part of a sum: what a tile reads of grad_output stays in the first cache.
MOST_WINDOWS = 512
# How many products a tile adds up in a nanosecond, of float64, and how long a number of
# grad_output takes beside.
SPEED, PER_NUMBER = 40, 0.5
# Threads share the channels, but where these are few the kernels.
FEW_CHANNELS = 16


class Sizes(NamedTuple):
    """The shapes of x and grad_output, and how many blocks there are down and across."""

    x: tuple[int, int, int, int]
    out: tuple[int, int, int, int]
    groups: int
    grid: tuple[int, int]


class Plan(NamedTuple):
    """What the gradient of kernels needs to know of the shapes; the arrays are read only.

    numbers are sizes, block and steps in one row, and sums is an array of the dtype in which those
    of several blocks are added up. Of the channels and the panels of kernels one is to be shared.
    """

    numbers: IntegerArray
    rows: tuple[int, ...]
    channels: IntegerArray
    panels: IntegerArray
    sums: FloatArray
    nanoseconds: float


def fill_grad_weight(
    grad_weight: FloatArray, grad_output: FloatArray, x: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill grad_weight (O, C/groups, kH, kW) from grad_output (N, O, H', W') and x (N, C, H, W).

    The products are added up in the dtype of grad_weight; the other arrays may be narrower.
    """
    windows = grad_output.shape, grad_weight.shape, grad_weight.itemsize
    if are_weighed(*windows, steps, groups):
        weigh_stacks(grad_weight, grad_output, x, steps)
        return
    if are_planes(grad_weight.shape, groups):
        weigh_planes(grad_weight, grad_output, x, steps)
        return
    shapes = x.shape, grad_output.shape, grad_weight.shape
    plan = _make_plan(*shapes, grad_weight.dtype, steps, groups)
    given = plan.rows, grad_weight, grad_output, x, plan.sums, plan.numbers
    if len(plan.channels) < FEW_CHANNELS and len(plan.panels) > 1:
        share(partial(_fill, plan.channels), plan.nanoseconds, (plan.panels,), *given)
    else:
        share(_fill, plan.nanoseconds, (plan.channels,), plan.panels, *given)


@lru_cache(maxsize=256)
def _make_plan(
    x: Shape, out: Shape, weight: Shape, dtype: np.dtype[Any], steps: Steps, groups: int
) -> Plan:
    count, (_, channels, height, width) = (out[2], out[3]), weight
    block = choose_block(count, channels, steps, dtype.itemsize, BLOCK_BYTES, MOST_WINDOWS)
    sizes = Sizes((x[0], x[1], x[2], x[3]), (out[0], out[1], *count), groups, block.cover(count))
    # Where there is one block, nothing is added to its sums: they need not be wider.
    is_one = x[0] * sizes.grid[0] * sizes.grid[1] == 1
    sums = np.empty(0, dtype if is_one else np.float64)
    time = prod(out) * (prod(weight[1:]) / SPEED + PER_NUMBER) * dtype.itemsize / 8
    rows = choose_rows(block.channels * height * width)
    numbers = np.hstack([*sizes, *block, *steps])
    wide = 2 * vector_bytes() // dtype.itemsize
    panels = np.arange(-(-out[1] // groups // wide)) * wide
    return Plan(numbers, rows, np.arange(x[1]), panels, sums, time)


@jit
def _fill(
    own: IntegerArray,
    panels: IntegerArray,
    rows: tuple[int, ...],
    all_weights: FloatArray,
    all_grads: FloatArray,
    all_pixels: FloatArray,
    like: FloatArray,
    numbers: IntegerArray,
) -> None:
    """Fill the gradients of the weights for these channels of the pixels, and panels of kernels.

    Both are neighbours; panels are the first kernels of each, counted in a group. What the blocks'
    sums are added up in has the dtype of `like`.
    """
    grad_weight, x = all_weights.reshape(all_weights.size), all_pixels.reshape(all_pixels.size)
    grad_output, (sizes, block, steps) = all_grads.reshape(all_grads.size), _read(numbers)
    images, all_channels, height, width = sizes.x
    channels, kernels = all_channels // sizes.groups, sizes.out[1] // sizes.groups
    area, wide = steps.kernel_size[0] * steps.kernel_size[1], lanes(grad_weight)
    start, windows = panels[0], block.rows * block.columns
    own_kernels = min(panels[-1] + 2 * wide, kernels) - start
    padded = -(-own_kernels // wide) * wide
    blocks = images * sizes.grid[0] * sizes.grid[1]
    # Either grad_output stays, turned, and the sums of a few channels are complete at once, or the
    # sums of all channels stay: whichever is less.
    stays = blocks * windows <= channels * area
    span = block.channels if stays else channels
    # A row for each tap, and one for no tap.
    last = min(span, own.size) * area
    total = make_room((last + 1) * padded, like)
    columns = make_columns(grad_weight, block, steps)
    places = find_taps(columns, block, steps, len(rows))
    targets = np.empty(places.size, np.int64)
    by_one, by_two = np.empty(windows, np.int64), np.empty(windows, np.int64)
    for p in range(windows):
        by_one[p], by_two[p] = p * wide, 2 * p * wide
    turned = make_room((blocks if stays else 1) * windows * padded, grad_weight)
    for g in range(own[0] // channels, own[-1] // channels + 1):
        first, end = max(own[0], g * channels), min(own[-1] + 1, (g + 1) * channels)
        for top in range(first, end, span):
            bottom = min(top + span, end)
            if top > own[0]:
                total[:] = 0.0
            for number in range(blocks):
                n, i, j, count = _locate(number, sizes, block)
                grads = turned[number * windows * padded if stays else 0 :]
                if top == first:
                    kernel = g * kernels + start
                    _turn_block(grads, grad_output, number, kernel, own_kernels, sizes, block)
                for c in range(top, bottom, block.channels):
                    some, image = min(block.channels, bottom - c), n * all_channels + c
                    gather(columns, x, image, some, (height, width), (i, j), block, steps)
                    _find_targets(targets, (c - top) * area, some * area, last, padded)
                    taps = rows, total, targets, columns, places, some * area
                    _add_block(*taps, grads, by_one, by_two, count, padded)
            place = ((g * kernels + start) * channels + top - g * channels) * area
            taken = (bottom - top) * area
            turn(grad_weight, place, channels * area, total, padded, taken, own_kernels)


@inlined
def _find_targets(targets: IntegerArray, first: int, taps: int, last: int, pitch: int) -> None:
    """Fill targets with where the sums of each tap start, a row each, the last that of no tap."""
    for k in range(targets.size):
        targets[k] = (first + k if k < taps else last) * pitch


@jit
def _add_block(
    rows: tuple[int, ...],
    total: FloatArray,
    targets: IntegerArray,
    columns: FloatArray,
    places: IntegerArray,
    taps: int,
    turned: FloatArray,
    by_one: IntegerArray,
    by_two: IntegerArray,
    count: int,
    padded: int,
) -> None:
    """Add what so many windows say about each tap to its row of total."""
    wide, windows = lanes(turned), by_one.size
    for o in range(0, padded, 2 * wide):
        for k in range(0, taps, len(rows)):
            if o + wide < padded:
                add_tile(
                    *(rows, TWO_VECTORS, total, o, targets, columns, 0, places, k, 1),
                    *(turned, o * windows, by_two, count),
                )
            else:
                add_tile(
                    *(rows, ONE_VECTOR, total, o, targets, columns, 0, places, k, 1),
                    *(turned, o * windows, by_one, count),
                )


@inlined
def _read(n: IntegerArray) -> tuple[Sizes, Block, Steps]:
    """Return what a plan's numbers mean."""
    shapes = (n[0], n[1], n[2], n[3]), (n[4], n[5], n[6], n[7])
    sizes, block = Sizes(shapes[0], shapes[1], n[8], (n[9], n[10])), Block(n[11], n[12], n[13])
    steps = Steps((n[14], n[15]), (n[16], n[17]), (n[18], n[19]), (n[20], n[21]), n[22])
    return sizes, block, steps


@inlined
def _locate(number: int, sizes: Sizes, block: Block) -> tuple[int, int, int, int]:
    """Return the image of a block, its first window, and how many windows it has."""
    (down, across), height, width = sizes.grid, sizes.out[2], sizes.out[3]
    i, j = number // across % down * block.rows, number % across * block.columns
    count = min(block.rows, height - i) * min(block.columns, width - j)
    return number // (down * across), i, j, count


@inlined
def _turn_block(
    turned: FloatArray,
    grad_output: FloatArray,
    number: int,
    first: int,
    kernels: int,
    sizes: Sizes,
    block: Block,
) -> None:
    """Fill turned with a block of grad_output: panels of two vectors of kernels, by windows.

    panel[p, o] = grad_output[first + o, window p]; the last panel may be one vector wide.
    """
    n, i, j, count = _locate(number, sizes, block)
    wide, windows, plane = lanes(turned), block.rows * block.columns, sizes.out[2] * sizes.out[3]
    source = (n * sizes.out[1] + first) * plane + i * sizes.out[3] + j
    for o in range(0, kernels, wide):
        panel = o // (2 * wide) * 2 * wide
        pitch = 2 * wide if panel + wide < kernels else wide
        for p in range(0, count, wide):
            to = panel * windows + p * pitch + o - panel
            start, rest = source + o * plane + p, (kernels - o, count - p)
            transpose(turned, to, pitch, grad_output, start, plane, rest[0], rest[1])
