"""Correlations of any size: in tiles over columns (see tile.py and columns.py), or otherwise."""

from collections.abc import Callable
from functools import lru_cache, partial
from math import prod
from typing import Any, NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.columns import BLOCK_BYTES, Block, Steps, choose_block, find_taps, make_columns
from reference.cpu.gathering import gather
from reference.cpu.jit import inlined, jit
from reference.cpu.plane_stacks import are_stacks, correlate_stacks
from reference.cpu.planes import are_planes, correlate_planes
from reference.cpu.pointwise import are_points, correlate_points, is_pointwise, plan_points
from reference.cpu.tile import ONE_VECTOR, choose_rows, choose_vectors, fill_tile, order_rows
from reference.cpu.vectors import lanes, make_room
from reference.threads import share

# With few taps the time goes into writing the result, which is fastest along its rows.
FEW_TAPS = 64
# A block of columns that stays in the first cache, beside the weights of a tile.
SMALL_BLOCK_BYTES = 2**15
# Of a larger one, each column meets all kernels whose weights stay in the second cache.
WEIGHT_BYTES = 2**16
# How many products a tile adds up in a nanosecond, of float64, and how long a sum takes beside.
SPEED, PER_SUM = 40, 0.2
# Where there are fewer blocks, so many kernels at least are done apart, for threads to share.
FEW_BLOCKS, KERNELS_APART = 4, 64

# Fills out from x, weight and bias, or None.
Correlation = Callable[[FloatArray, FloatArray, FloatArray, FloatArray | None], None]


class Sizes(NamedTuple):
    """The shapes of an image and of its result, and how many blocks there are down and across.

    The kernels of a group are done in so many parts, each for itself.
    """

    x: Shape
    out: Shape
    groups: int
    grid: tuple[int, int]
    parts: int


class Plan(NamedTuple):
    """What a correlation needs to know of the shapes; the arrays are read only.

    numbers are sizes, block and steps in one row: Numba takes a microsecond to read those.
    """

    numbers: IntegerArray
    tile: tuple[tuple[int, ...], tuple[int, ...]]
    blocks: IntegerArray
    # Which kernel a row of a tile does, and where it and its sums begin: in out, or in a block.
    order: IntegerArray
    kernels: IntegerArray
    planes: IntegerArray
    block_planes: IntegerArray
    no_bias: FloatArray
    no_sums: FloatArray
    nanoseconds: float


def correlate(
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: FloatArray | None,
    steps: Steps,
    groups: int,
) -> None:
    """Fill out (N, O, H', W') from x (N, C, H, W) and weight (O, C/groups, kH, kW).

    The products are added up in the dtype of the weights; x and out may be narrower. steps.start
    may be negative: the first window then starts inside the image.
    """
    given = x.shape, out.shape, weight.shape, x.dtype, weight.dtype, steps, groups
    plan_correlation(*given)(out, x, weight, bias)


@lru_cache(maxsize=256)
def plan_correlation(
    x: Shape,
    out: Shape,
    weight: Shape,
    dtype: np.dtype[Any],
    wide: np.dtype[Any],
    steps: Steps,
    groups: int,
) -> Correlation:
    """Return what correlates images of the dtype with weights of the dtype wide."""
    if are_stacks(out, weight, wide.itemsize, steps, groups):
        return partial(correlate_stacks, steps=steps)
    if are_planes(weight, groups):
        return partial(correlate_planes, steps=steps)
    if dtype == wide and are_points(x, out, weight[0] // groups, steps):
        return partial(correlate_points, plan_points(x, out, wide, groups))
    return partial(_correlate_in_tiles, _plan_tiles(x, out, weight, wide, steps, groups))


def _plan_tiles(
    x: Shape, out: Shape, weight: Shape, dtype: np.dtype[Any], steps: Steps, groups: int
) -> Plan:
    if is_pointwise(x, out, steps):
        # An image may be one row.
        x, out = (*x[:2], 1, x[2] * x[3]), (*out[:2], 1, out[2] * out[3])
    kernels, taps = weight[0] // groups, weight[1] * weight[2] * weight[3]
    room = (2 if taps <= FEW_TAPS else 1) * BLOCK_BYTES
    count = out[2], out[3]
    block = choose_block(count, weight[1], steps, dtype.itemsize, room, count[0] * count[1])
    grid = block.cover(count)
    blocks = x[0] * groups * grid[0] * grid[1]
    parts = max(1, kernels // KERNELS_APART) if blocks < FEW_BLOCKS else 1
    sizes = Sizes(x[1:], out[1:], groups, grid, min(parts, FEW_BLOCKS))
    rows = choose_rows(kernels)
    order = order_rows(kernels, rows)
    places = order * taps, order * (count[0] * count[1]), order * (block.rows * block.columns)
    nothing = np.zeros((groups, order.size), dtype), np.empty((0, 0, 0, 0), dtype)
    time = prod(out) * (taps / SPEED + PER_SUM) * dtype.itemsize / 8
    numbers = np.hstack([*sizes, *block, *steps])
    tile, pieces = (rows, choose_vectors(rows)), np.arange(blocks * sizes.parts)
    return Plan(numbers, tile, pieces, order, *places, *nothing, time)


def _correlate_in_tiles(
    plan: Plan, out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray | None
) -> None:
    biases: Any = plan.no_bias
    is_wide = out.itemsize == weight.itemsize
    if bias is not None:
        by_group = bias.astype(weight.dtype).reshape(len(biases), -1)
        biases = by_group.take(plan.order, axis=1)
    arrays = out, x, weight, (out if is_wide else plan.no_sums), biases
    tables = plan.kernels, plan.planes if is_wide else plan.block_planes
    share(_correlate, plan.nanoseconds, (plan.blocks,), *plan.tile, *arrays, *tables, plan.numbers)


@jit
def _correlate(
    blocks: IntegerArray,
    rows: tuple[int, ...],
    vectors: tuple[int, ...],
    results: FloatArray,
    images: FloatArray,
    all_weights: FloatArray,
    all_sums: FloatArray,
    biases: FloatArray,
    kernel_places: IntegerArray,
    plane_places: IntegerArray,
    numbers: IntegerArray,
) -> None:
    """Fill these blocks of the results. A sum is cut into parts by channels.

    all_sums are the results, or empty where they are too narrow for sums: those of a block are
    rounded then.
    """
    out, x = results.reshape(results.size), images.reshape(images.size)
    weight, (sizes, block, steps) = all_weights.reshape(all_weights.size), _read(numbers)
    (all_channels, height, width), groups, (down, across) = sizes.x, sizes.groups, sizes.grid
    all_kernels, out_height, out_width = sizes.out
    channels, kernels = all_channels // groups, all_kernels // groups
    area = steps.kernel_size[0] * steps.kernel_size[1]
    apart = -(-kernels // (sizes.parts * len(rows))) * len(rows)
    columns, places = make_columns(weight, block, steps), find_taps(weight, block, steps, 0)
    wide, windows = lanes(weight) * len(vectors), block.rows * block.columns
    # Each tile of weights is read once then, not once for each tile of columns.
    in_rows = channels * area <= FEW_TAPS or columns.size * columns.itemsize <= SMALL_BLOCK_BYTES
    is_wide = all_sums.size > 0
    sums = all_sums.reshape(all_sums.size) if is_wide else make_room(kernels * windows, weight)
    for piece in blocks:
        number, first_kernel = piece // sizes.parts, piece % sizes.parts * apart
        end_kernel = min(first_kernel + apart, kernels)
        n, g = number // (across * down * groups), number // (across * down) % groups
        i, j = number // across % down * block.rows, number % across * block.columns
        count = min(block.rows, out_height - i) * min(block.columns, out_width - j)
        start = ((n * all_kernels + g * kernels) * out_height + i) * out_width + j
        bias, target = biases[g], start if is_wide else 0
        for c in range(0, channels, block.channels):
            some, first = min(block.channels, channels - c), n * all_channels + g * channels + c
            gather(columns, x, first, some, (height, width), (i, j), block, steps)
            weights, taps = (g * kernels * channels + c) * area, some * area
            whole = count // wide * wide
            # So many rows of tiles have weights that stay near.
            near = 1 if in_rows else max(WEIGHT_BYTES // (len(rows) * taps * weight.itemsize), 1)
            for first_near in range(first_kernel, end_kernel, near * len(rows)):
                end_near = min(first_near + near * len(rows), end_kernel)
                for p in range(0, whole, wide):
                    for o in range(first_near, end_near, len(rows)):
                        fill_tile(
                            *(rows, vectors, sums, target + p, plane_places),
                            *(weight, weights, kernel_places, o, 1),
                            *(columns, p, places, taps, bias, c == 0, wide),
                        )
            _fill_rest(
                *(rows, sums, target, plane_places, weight, weights, kernel_places),
                *(columns, places, taps, bias, c == 0, (whole, count), (first_kernel, end_kernel)),
            )
        if not is_wide:
            for o in range(first_kernel, end_kernel):
                _round_off(out[start + o * out_height * out_width :], sums[o * windows :], count)


@inlined
def _read(n: IntegerArray) -> tuple[Sizes, Block, Steps]:
    """Return what a plan's numbers mean."""
    sizes = Sizes((n[0], n[1], n[2]), (n[3], n[4], n[5]), n[6], (n[7], n[8]), n[9])
    steps = Steps((n[13], n[14]), (n[15], n[16]), (n[17], n[18]), (n[19], n[20]), n[21])
    return sizes, Block(n[10], n[11], n[12]), steps


@jit
def _fill_rest(
    rows: tuple[int, ...],
    sums: FloatArray,
    target: int,
    plane_places: IntegerArray,
    weight: FloatArray,
    weights: int,
    kernel_places: IntegerArray,
    columns: FloatArray,
    places: IntegerArray,
    taps: int,
    bias: FloatArray,
    is_first: bool,
    rest: tuple[int, int],
    kernels: tuple[int, int],
) -> None:
    """Fill the windows from rest[0] to rest[1], too few for a tile, a vector at a time."""
    for p in range(rest[0], rest[1], lanes(sums)):
        for o in range(kernels[0], kernels[1], len(rows)):
            fill_tile(
                *(rows, ONE_VECTOR, sums, target + p, plane_places),
                *(weight, weights, kernel_places, o, 1),
                *(columns, p, places, taps, bias, is_first, min(lanes(sums), rest[1] - p)),
            )


@inlined
def _round_off(out: FloatArray, sums: FloatArray, count: int) -> None:
    for p in range(count):
        out[p] = sums[p]
