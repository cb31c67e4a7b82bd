"""The gradient of images: products of each tap, spread over the pixels.

A correlation with the turned kernels (see input_gradients.py) lays out all output channels, and has
few sums to make of them where the images have one channel, or three, or where windows are so far
apart that few taps meet a pixel; and at the edges of an image it multiplies zeros. Here a tile
first adds up, of all output channels, what every window says to the pixel under one of its taps,

    products[c, u, v, p] = sum over o of weight[o, c, u, v] * grad_output[n, o, p]

and then each window's products go to their pixels (see spread_pixels.py). grad_output is read as it
lies, but where many tiles read the same of it, that is copied to one place first: planes that are
pages apart push each other out of the first cache.
"""

from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.columns import BLOCK_BYTES, MOST_TAPS, Steps
from reference.cpu.jit import jit
from reference.cpu.pointwise import multiply
from reference.cpu.spread_pixels import Sizes, add_to_pixels, cut_out
from reference.cpu.tile import choose_rows, choose_vectors, order_rows
from reference.cpu.vectors import lanes, make_room, vector_bytes
from reference.threads import choose_threads, share

# With few channels a tile of the other way is narrow; with few kernels its sums are short.
MOST_CHANNELS, LEAST_KERNELS = 3, 4
# Where so many pixels are from window to window, few taps meet one.
FAR = 9
# Nanoseconds for a product of float64, for a number that is added to a pixel and for a row of
# these; the other way, for a product and for a number that is laid out; and for a call, of which
# that has one for each sort of pixels. All are fitted to 7,200 random layers on an Intel Xeon.
SPREAD, CORRELATED, CALL = (0.033, 0.43, 5.3), (0.03, 0.48), 18_500
# Images laid into each other whose windows are apart would have short sums for each sort of pixels;
# but more bytes of windows than these do not stay in the second cache from channel to channel.
NEAR_BYTES = 2**20
# As many channels of an image are done together as have their pixels and so many taps near.
MANY_TAPS = 160


class Plan(NamedTuple):
    """What a gradient needs to know of the shapes; the arrays are read only.

    A part is some channels of an image, and places tell which tap a row of a tile does. sizes end
    with how many channels those are, and how many lines of windows are done at a time.
    """

    parts: IntegerArray
    tile: tuple[tuple[int, ...], tuple[int, ...]]
    places: IntegerArray
    sizes: tuple[Sizes, int, int]


@lru_cache(maxsize=256)
def are_spread(
    image: Shape, out: Shape, weight: Shape, itemsize: int, steps: Steps, groups: int
) -> bool:
    """Return whether the gradient of images (N, C, H, W) is best made by spreading.

    out are windows (N, O, H', W'), weight kernels (O, C/groups, kH, kW) of numbers of this size.
    """
    if weight[2] * weight[3] == 1 or weight[0] < LEAST_KERNELS * groups:
        return False
    if weight[1] <= MOST_CHANNELS:
        return True
    if steps.images > 1 and steps.stride[1] > 1 and prod(out) * itemsize <= NEAR_BYTES:
        return True
    sorts, pixels = prod(steps.stride), prod(image[2:])
    if sorts >= FAR:
        return True
    products = prod(weight) * _fill_vectors(pixels // sorts, itemsize)
    laid = out[1] * weight[3] * pixels / steps.stride[1]
    correlated = out[0] * itemsize / 8 * (products * CORRELATED[0] + laid * CORRELATED[1])
    spread = _time_spreading(image[1], out, weight, itemsize)
    return bool(spread + CALL < correlated + CALL * sorts)


@lru_cache(maxsize=256)
def _time_spreading(channels: int, out: Shape, weight: Shape, itemsize: int) -> float:
    """Return how many nanoseconds it takes to spread, beside the call."""
    products = prod(weight) * _fill_vectors(prod(out[2:]), itemsize)
    rows = channels * prod(weight[2:]) * out[2]
    wide = itemsize / 8 * (products * SPREAD[0] + rows * out[3] * SPREAD[1])
    return out[0] * (wide + rows * SPREAD[2])


def _fill_vectors(count: int, itemsize: int) -> int:
    """Return how many numbers there are in the vectors that so many need."""
    vector = vector_bytes() // itemsize
    return -(-count // vector) * vector


def spread_grad_x(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, O, H', W') and weight (O, C/groups, kH, kW).

    The products are added up in the dtype of the weights; the other arrays may be narrower.
    """
    grads = grad_output.astype(weight.dtype, copy=False)
    shapes = grads.shape, weight.shape
    time = _time_spreading(grad_x.shape[1], *shapes, grads.itemsize)
    plan = _make_plan(grad_x.shape, *shapes, grads.dtype, steps, groups, choose_threads(time))
    arrays = grad_x.reshape(-1), grads.reshape(-1), weight.reshape(-1), plan.places
    share(_spread, time, (plan.parts,), *plan.tile, *arrays, *plan.sizes, steps, groups)


@lru_cache(maxsize=256)
def _make_plan(
    image: Shape,
    out: Shape,
    weight: Shape,
    dtype: np.dtype[Any],
    steps: Steps,
    groups: int,
    threads: int,
) -> Plan:
    images = 1, steps.images
    padded = [
        (windows // of - 1) * stride + (taken - 1) * (dilation // of) + 1
        for windows, stride, taken, dilation, of in zip(
            out[2:], steps.stride, steps.kernel_size, steps.dilation, images, strict=True
        )
    ]
    of_one = (image[1], image[2], image[3]), (out[1], out[2], out[3]), (padded[0], padded[1])
    sizes = Sizes(*of_one, -(-padded[1] // steps.stride[1]) * steps.images)
    plane_bytes = prod(padded) * steps.images * dtype.itemsize
    together = _choose_together(image[0] * groups, weight, plane_bytes, threads)
    taps = together * weight[2] * weight[3]
    lines = max(1, 2 * BLOCK_BYTES // (taps * out[3] * dtype.itemsize))
    rows = choose_rows(taps)
    parts, tile = np.arange(image[0] * image[1] // together), (rows, choose_vectors(rows))
    places = order_rows(taps, rows)
    return Plan(parts, tile, places, (sizes, together, min(lines, out[2])))


def _choose_together(images: int, weight: Shape, plane_bytes: int, threads: int) -> int:
    """Return how many channels are done together: a part of a group's, and one for each thread."""
    most = min(BLOCK_BYTES // plane_bytes, MANY_TAPS // (weight[2] * weight[3]))
    sizes = [size for size in range(1, min(most, weight[1]) + 1) if weight[1] % size == 0]
    return max((size for size in sizes if images * weight[1] // size >= threads), default=1)


@jit
def _spread(
    parts: IntegerArray,
    rows: tuple[int, ...],
    vectors: tuple[int, ...],
    grad_x: FloatArray,
    grad_output: FloatArray,
    weight: FloatArray,
    places: IntegerArray,
    sizes: Sizes,
    together: int,
    lines: int,
    steps: Steps,
    groups: int,
) -> None:
    """Fill these parts of grad_x, so many lines of windows at a time; all arrays are flat."""
    (all_channels, _, _), (all_kernels, height, width) = sizes.image, sizes.out
    channels, kernels = all_channels // groups, all_kernels // groups
    taps, area = steps.kernel_size[0] * steps.kernel_size[1], height * width
    windows = lines * width
    targets = places * windows
    planes_of_grads, no_bias = np.arange(kernels) * area, np.zeros(places.size, weight.dtype)
    products = make_room(together * taps * windows, weight)
    wide = len(vectors) * lanes(weight)
    near = make_room(min(MOST_TAPS, kernels) * wide + lanes(weight), weight)
    plane = steps.stride[1] * sizes.padded[0] * sizes.pitch
    pixels = make_room(together * plane, weight)
    for part in parts:
        n, c = part * together // all_channels, part * together % all_channels
        g, pixels[:] = c // channels, 0.0
        for top in range(0, height, lines):
            count = min(lines, height - top) * width
            for o in range(0, kernels, MOST_TAPS):
                some, first = min(MOST_TAPS, kernels - o), g * kernels + o
                weights = (first * channels + c % channels) * taps
                start = (n * all_kernels + first) * area + top * width
                tile = rows, vectors, products, targets, count
                factors = weight, weights, places, channels * taps
                grads = grad_output, start, planes_of_grads[:some]
                multiply(*tile, *factors, *grads, area, near, no_bias, o == 0)
            block = top, count // width, width
            for k in range(together):
                of_channel = products[k * taps * windows :]
                add_to_pixels(pixels[k * plane :], of_channel, windows, block, sizes, steps)
        for k in range(together):
            cut_out(grad_x, part * together + k, pixels[k * plane :], sizes, steps)
