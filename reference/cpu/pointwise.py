"""Kernels with one tap: products of matrices, made from the pixels where they lie.

    out[n, o, p] = bias[o] + sum over c of weight[o, c] * x[n, c, p]

and the gradient of x is the same with the weights turned. A tile (see tile.py) can read a pixel of
all channels where it lies. Where few kernels are done, that is faster than laying pixels out in
columns (see columns.py), which takes as long as the products of some kernels; with more, channels
that are pages apart push each other out of the first cache too often.
"""

from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.columns import MOST_TAPS, Steps
from reference.cpu.jit import jit
from reference.cpu.rows import copy_rows
from reference.cpu.tile import ONE_VECTOR, choose_rows, choose_vectors, fill_tile, order_rows
from reference.cpu.vectors import lanes, make_room
from reference.threads import share

# So many kernels are few, and so many where images have no more pixels than this.
FEW_KERNELS, FEW_OF_SMALL, SMALL_IMAGE = 32, 64, 200
# So many tiles are worth a copy of what they read.
MANY_TILES = 4
# So many pixels of an image are a part, for threads to share.
PART = 512
# How many products a tile adds up in a nanosecond, of float64, and how long a sum takes beside.
SPEED, PER_SUM = 40, 0.2


class Plan(NamedTuple):
    """What is to be known of the shapes; the arrays are read only.

    numbers are, in one row, which Numba reads at once: the channels of a group of what is
    multiplied and of the result, the groups, the pixels of an image, and how far a weight lies from
    that of the next channel of the result, and of what is multiplied. order tells which channel of
    a group a row of a tile does.
    """

    numbers: IntegerArray
    tile: tuple[tuple[int, ...], tuple[int, ...]]
    parts: IntegerArray
    order: IntegerArray
    no_bias: FloatArray
    nanoseconds: float


def are_points(x: Shape, out: Shape, kernels: int, steps: Steps) -> bool:
    """Return whether images (N, C, H, W) are best multiplied where they lie, by so many kernels.

    They are those of a group.
    """
    pixels = x[2] * x[3]
    few = FEW_OF_SMALL if pixels <= SMALL_IMAGE else FEW_KERNELS
    return kernels <= few and is_pointwise(x, out, steps)


def is_pointwise(x: Shape, out: Shape, steps: Steps) -> bool:
    """Return whether a window is a pixel, in images of x and results of out."""
    return x[2:] == out[2:] and steps[:3] == ((1, 1), (1, 1), (0, 0))


@lru_cache(maxsize=256)
def plan_points(
    x: Shape, out: Shape, dtype: np.dtype[Any], groups: int, is_turned: bool = False
) -> Plan:
    """Return the plan for images (N, C, H, W) and results (N, O, H, W), all of the dtype.

    The weights are (O, C/groups, 1, 1) or, if they are turned, (C, O/groups, 1, 1).
    """
    channels, kernels, pixels = x[1] // groups, out[1] // groups, prod(x[2:])
    pitches = (1, kernels) if is_turned else (channels, 1)
    rows, parts = choose_rows(kernels), np.arange(x[0] * groups * -(-pixels // PART))
    order = order_rows(kernels, rows)
    numbers = np.array([channels, kernels, groups, pixels, *pitches])
    time = prod(out) * (channels / SPEED + PER_SUM) * dtype.itemsize / 8
    no_bias = np.zeros((groups, order.size), dtype)
    return Plan(numbers, (rows, choose_vectors(rows)), parts, order, no_bias, time)


def correlate_points(
    plan: Plan, out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray | None
) -> None:
    """Fill out by a plan for the shapes."""
    biases: Any = plan.no_bias
    if bias is not None:
        biases = bias.reshape(len(biases), -1).take(plan.order, axis=1)
    arrays = out, x, weight, biases, plan.order, plan.numbers
    share(_correlate, plan.nanoseconds, (plan.parts,), *plan.tile, *arrays)


@jit
def _correlate(
    parts: IntegerArray,
    rows: tuple[int, ...],
    vectors: tuple[int, ...],
    results: FloatArray,
    images: FloatArray,
    all_weights: FloatArray,
    biases: FloatArray,
    order: IntegerArray,
    numbers: IntegerArray,
) -> None:
    """Fill these parts of the results."""
    out, x = results.reshape(results.size), images.reshape(images.size)
    weight = all_weights.reshape(all_weights.size)
    channels, kernels, groups, pixels = numbers[0], numbers[1], numbers[2], numbers[3]
    targets, places, pitch = order * pixels, order * numbers[4], numbers[5]
    most, of_image = min(channels, MOST_TAPS), -(-pixels // PART)
    planes = np.arange(most) * pixels
    near = make_room((most * len(vectors) + 1) * lanes(weight), weight)
    for part in parts:
        image, first = part // of_image, part % of_image * PART
        g, count = image % groups, min(PART, pixels - first)
        sums = out[image * kernels * pixels + first :]
        for c in range(0, channels, MOST_TAPS):
            some, start = min(MOST_TAPS, channels - c), (image * channels + c) * pixels + first
            weights = g * channels * kernels + c * pitch
            tile = rows, vectors, sums, targets, count
            factors = weight, weights, places, pitch
            multiply(*tile, *factors, x, start, planes[:some], pixels, near, biases[g], c == 0)


@jit
def multiply(
    rows: tuple[int, ...],
    vectors: tuple[int, ...],
    sums: FloatArray,
    targets: IntegerArray,
    count: int,
    weight: FloatArray,
    weights: int,
    places: IntegerArray,
    pitch: int,
    x: FloatArray,
    start: int,
    planes: IntegerArray,
    pixels: int,
    near: FloatArray,
    bias: FloatArray,
    is_first: bool,
) -> None:
    """Add up the products of so many pixels, of as many channels as planes, for each row.

    The sums of row r begin at targets[r], and its weights, so far from each other, at places[r];
    the last rows are done again where they do not fill a tile. near is room for what a tile reads.
    """
    channels = planes.size
    wide = lanes(sums) * len(vectors)
    whole, is_copied = count // wide * wide, places.size >= MANY_TILES * len(rows)
    own, lines = (near, np.arange(channels) * wide) if is_copied else (x, planes)
    for p in range(0, whole, wide):
        if is_copied:
            copy_rows(near, 0, x, start + p, (channels, pixels), 0, 1, channels, 0, wide)
        first = 0 if is_copied else start + p
        for t in range(0, places.size - len(rows) + 1, len(rows)):
            fill_tile(
                *(rows, vectors, sums, p, targets, weight, weights, places, t, pitch),
                *(own, first, lines, channels, bias, is_first, wide),
            )
    for p in range(whole, count, lanes(sums)):
        for t in range(0, places.size - len(rows) + 1, len(rows)):
            fill_tile(
                *(rows, ONE_VECTOR, sums, p, targets, weight, weights, places, t, pitch),
                *(x, start + p, planes, channels, bias, is_first),
                min(lanes(sums), count - p),
            )
