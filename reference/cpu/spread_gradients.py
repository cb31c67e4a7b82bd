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

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.columns import BLOCK_BYTES, MOST_TAPS, Steps
from reference.cpu.jit import jit
from reference.cpu.pointwise import multiply
from reference.cpu.spread_pixels import Sizes, add_to_pixels, cut_out
from reference.cpu.tile import choose_rows, choose_vectors
from reference.cpu.vectors import lanes, make_room, vector_bytes
from reference.threads import share

# With few channels a tile of the other way is narrow; with few kernels its sums are short.
MOST_CHANNELS, LEAST_KERNELS = 3, 4
# Where so many pixels are from window to window, few taps meet one; but windows must fill vectors.
FAR, MANY_WINDOWS = 9, 128
# Nanoseconds for a product of float64 and for a number that is added to a pixel; the other way, for
# a product and for a number that is laid out; and for a call, of which that has one for each sort
# of pixels. All are fitted to the times of 2,000 random layers on an Intel Xeon.
SPREAD, CORRELATED, CALL = (0.035, 0.45), (0.017, 0.2), 13_000
# Images laid into each other whose windows are apart would have short sums for each sort of pixels;
# but more bytes of windows than these do not stay in the second cache from channel to channel.
NEAR_BYTES = 2**20
# As many channels of an image are done together as have their pixels and their taps near, but an
# operation has so many parts at least, for threads to share.
MANY_TAPS, MANY_PARTS = 160, 4
# How many products a tile adds up in a nanosecond, of float64, and how long a number of
# grad_output takes beside, for each channel.
SPEED, PER_NUMBER = 30, 0.25

Shape = tuple[int, ...]


class Plan(NamedTuple):
    """What a gradient needs to know of the shapes; the array is read only.

    A part is some channels of an image. sizes end with how many channels those are, and how many
    lines of windows are done at a time.
    """

    parts: IntegerArray
    tile: tuple[tuple[int, ...], tuple[int, ...]]
    sizes: tuple[Sizes, int, int]
    nanoseconds: float


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
    sorts, windows, pixels = prod(steps.stride), prod(out[2:]), prod(image[2:])
    if sorts >= FAR and windows >= MANY_WINDOWS:
        return True
    vector = vector_bytes() // itemsize
    filled = [-(-count // vector) * vector for count in (windows, pixels // sorts)]
    added, laid = image[1] * prod(weight[2:]) * windows, out[1] * weight[3] * pixels
    scale, products = out[0] * itemsize / 8, prod(weight)
    spread = products * filled[0] * SPREAD[0] + added * SPREAD[1]
    correlated = products * filled[1] * CORRELATED[0] + laid / steps.stride[1] * CORRELATED[1]
    return bool(scale * spread + CALL < scale * correlated + CALL * sorts)


def spread_grad_x(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: Steps, groups: int
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, O, H', W') and weight (O, C/groups, kH, kW).

    The products are added up in the dtype of the weights; the other arrays may be narrower.
    """
    grads = grad_output.astype(weight.dtype, copy=False)
    plan = _make_plan(grad_x.shape, grads.shape, weight.shape, weight.dtype, steps, groups)
    flat = grad_x.reshape(-1), grads.reshape(-1), weight.reshape(-1)
    share(_spread, plan.nanoseconds, (plan.parts,), *plan.tile, *flat, *plan.sizes, steps, groups)


@lru_cache(maxsize=256)
def _make_plan(
    image: Shape, out: Shape, weight: Shape, dtype: np.dtype[Any], steps: Steps, groups: int
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
    together = _choose_together(image[0] * groups, weight, plane_bytes)
    taps = together * weight[2] * weight[3]
    lines = max(1, 2 * BLOCK_BYTES // (taps * out[3] * dtype.itemsize))
    rows = choose_rows(taps)
    time = prod(out) * dtype.itemsize / 8 * (prod(weight[1:]) / SPEED + weight[1] * PER_NUMBER)
    parts, tile = np.arange(image[0] * image[1] // together), (rows, choose_vectors(rows))
    return Plan(parts, tile, (sizes, together, min(lines, out[2])), time)


def _choose_together(images: int, weight: Shape, plane_bytes: int) -> int:
    """Return how many channels are done together, which divides those of a group."""
    most = min(BLOCK_BYTES // plane_bytes, MANY_TAPS // (weight[2] * weight[3]))
    sizes = [size for size in range(1, min(most, weight[1]) + 1) if weight[1] % size == 0]
    return max((size for size in sizes if images * weight[1] // size >= MANY_PARTS), default=1)


@jit
def _spread(
    parts: IntegerArray,
    rows: tuple[int, ...],
    vectors: tuple[int, ...],
    grad_x: FloatArray,
    grad_output: FloatArray,
    weight: FloatArray,
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
    places = np.minimum(np.arange(together * taps + len(rows) - 1), together * taps - 1)
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
