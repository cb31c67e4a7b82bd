"""Correlations of any size: tiles over columns (see tile.py and columns.py)."""

from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.columns import (
    BLOCK_BYTES,
    Block,
    Steps,
    choose_block,
    find_taps,
    gather,
    make_columns,
)
from reference.cpu.jit import jit
from reference.cpu.planes import are_planes, correlate_planes
from reference.cpu.tile import ONE_VECTOR, choose_rows, choose_vectors, fill_tile
from reference.cpu.vectors import lanes, make_room
from reference.threads import share

# With few taps the time goes into writing the result, which is fastest along its rows.
FEW_TAPS = 64
# How many products a tile adds up in a nanosecond: 30 of few taps, 100 of many in float32.
SPEED = 40


class Sizes(NamedTuple):
    """The shapes of an image and of its result, and how many blocks there are down and across."""

    x: tuple[int, int, int]
    out: tuple[int, int, int]
    groups: int
    grid: tuple[int, int]


def correlate(
    out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill out (N, O, H', W') from x (N, C, H, W) and weight (O, C/groups, kH, kW).

    The products are added up in the dtype of the weights; x and out may be narrower. steps.start
    may be negative: the first window then starts inside the image.
    """
    if are_planes(weight, groups):
        correlate_planes(out, x, weight, bias, steps)
        return
    if steps[:3] == ((1, 1), (1, 1), (0, 0)) and x.shape[2:] == out.shape[2:]:
        long = (1, x.shape[2] * x.shape[3])  # a window is a pixel: an image may be one row
        x, out = x.reshape(*x.shape[:2], *long), out.reshape(*out.shape[:2], *long)
    kernels, taps = len(weight) // groups, weight[0].size
    room = (2 if taps <= FEW_TAPS else 1) * BLOCK_BYTES
    count = out.shape[2], out.shape[3]
    block = choose_block(count, weight.shape[1], steps, weight.itemsize, room, count[0] * count[1])
    rows = choose_rows(kernels)
    # A last tile that is not full does its last kernel again.
    order = np.minimum(np.arange(kernels + len(rows) - 1), kernels - 1)
    is_wide = out.dtype == weight.dtype
    tables = order * taps, order * (count[0] * count[1] if is_wide else block.rows * block.columns)
    flat = out.reshape(-1), x.reshape(-1), weight.reshape(-1)
    sums = flat[0] if is_wide else np.empty(0, weight.dtype)
    biases = bias.astype(weight.dtype).reshape(groups, kernels).take(order, axis=1)
    sizes = Sizes(x.shape[1:], out.shape[1:], groups, block.cover(count))
    blocks = np.arange(len(x) * groups * sizes.grid[0] * sizes.grid[1])
    tile = rows, choose_vectors(rows)
    time = out.size * taps / SPEED
    share(_correlate, time, (blocks,), *tile, *flat, sums, biases, *tables, sizes, block, steps)


@jit
def _correlate(
    blocks: IntegerArray,
    rows: tuple[int, ...],
    vectors: tuple[int, ...],
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    all_sums: FloatArray,
    biases: FloatArray,
    kernel_places: IntegerArray,
    plane_places: IntegerArray,
    sizes: Sizes,
    block: Block,
    steps: Steps,
) -> None:
    """Fill these blocks of out; the arrays are flat. A sum is cut into parts by channels.

    all_sums is out, or empty where out is too narrow for sums: those of a block are rounded then.
    """
    (all_channels, height, width), groups, (down, across) = sizes.x, sizes.groups, sizes.grid
    all_kernels, out_height, out_width = sizes.out
    channels, kernels = all_channels // groups, all_kernels // groups
    area = steps.kernel_size[0] * steps.kernel_size[1]
    columns, places = make_columns(weight, block, steps), find_taps(block, steps, 0)
    wide, windows = lanes(weight) * len(vectors), block.rows * block.columns
    sums = all_sums if all_sums.size else make_room(kernels * windows, weight)
    for number in blocks:
        n, g = number // (across * down * groups), number // (across * down) % groups
        i, j = number // across % down * block.rows, number % across * block.columns
        count = min(block.rows, out_height - i) * min(block.columns, out_width - j)
        start = ((n * all_kernels + g * kernels) * out_height + i) * out_width + j
        bias, target = biases[g], start if all_sums.size else 0
        for c in range(0, channels, block.channels):
            some, first = min(block.channels, channels - c), n * all_channels + g * channels + c
            gather(columns, x, first, some, (height, width), (i, j), block, steps)
            weights, taps = (g * kernels * channels + c) * area, some * area
            whole = count // wide * wide
            stretch = whole if channels * area <= FEW_TAPS else wide
            for begin in range(0, whole, max(stretch, 1)):
                for o in range(0, kernels, len(rows)):
                    for p in range(begin, begin + stretch, wide):
                        fill_tile(
                            *(rows, vectors, sums, target + p, plane_places),
                            *(weight, weights, kernel_places, o, 1),
                            *(columns, p, places, taps, bias, c == 0, wide),
                        )
            _fill_rest(
                *(rows, sums, target, plane_places, weight, weights, kernel_places),
                *(columns, places, taps, bias, c == 0, (whole, count), kernels),
            )
        if not all_sums.size:
            for o in range(kernels):
                _round_off(out[start + o * out_height * out_width :], sums[o * windows :], count)


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
    kernels: int,
) -> None:
    """Fill the windows from rest[0] to rest[1], too few for a tile, a vector at a time."""
    for p in range(rest[0], rest[1], lanes(sums)):
        for o in range(0, kernels, len(rows)):
            fill_tile(
                *(rows, ONE_VECTOR, sums, target + p, plane_places),
                *(weight, weights, kernel_places, o, 1),
                *(columns, p, places, taps, bias, is_first, min(lanes(sums), rest[1] - p)),
            )


@jit
def _round_off(out: FloatArray, sums: FloatArray, count: int) -> None:
    for p in range(count):
        out[p] = sums[p]
