"""Kernels that see one channel each, row by row over an image with its padding around it.

Nothing is shared among such kernels: laying out columns (see columns.py) would take longer than
adding up. So an image is copied once, with zeros around it, and its columns are taken apart by the
horizontal stride:

    plane[b, row, j] = padded[row, j*stride + b]

What tap (u, v) meets in a row of windows is then one run of memory. plane_rows.py adds such runs up
for several rows of windows at once. A large image is done in bands of rows. Small planes of many
channels are better done side by side (see plane_stacks.py).
"""

from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.columns import Steps
from reference.cpu.fetching import fetch_run
from reference.cpu.gathering import copy_pixels
from reference.cpu.jit import inlined, jit
from reference.cpu.plane_rows import add_taps, fill_rows
from reference.cpu.tile import choose_rows
from reference.cpu.vectors import lanes, make_room
from reference.threads import share
from reference.windows import Pair

# A band of a plane stays in the second cache of a core.
BAND_BYTES = 2**16
# So many taps have their sums in registers, beside what they are multiplied by.
MOST_TAPS = 12
# More kernels than these for each channel share so much that columns are faster.
FEW_KERNELS = 3
# How many products are added up in a nanosecond, by the bytes of one.
SPEED = {4: 16, 8: 8}


class Band(NamedTuple):
    """How many rows of windows a band has, how many rows of pixels, and how far those lie apart."""

    windows: int
    rows: int
    pitch: int


def are_planes(kernels: tuple[int, ...], groups: int) -> bool:
    """Return whether kernels of shape (O, C/groups, kH, kW) are best done plane by plane."""
    return kernels[1] == 1 and groups > 1 and kernels[0] <= FEW_KERNELS * groups


def correlate_planes(
    out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray | None, steps: Steps
) -> None:
    """Fill out (N, O, H', W') from x (N, C, H, W) and weight (O, 1, kH, kW).

    The products are added up in the dtype of the weights; x and out may be narrower.
    """
    planes, sizes = np.arange(out.shape[0] * out.shape[1]), (x.shape[1:], out.shape[1:])
    rows, flat = choose_rows(out.shape[2]), (out.reshape(-1), x.reshape(-1), weight.reshape(-1))
    band = _choose_band(out.shape[2:], len(rows), steps, weight.itemsize)
    time = out.size * weight[0].size / SPEED[weight.itemsize]
    biases = np.zeros(len(weight), weight.dtype) if bias is None else bias.astype(weight.dtype)
    share(_correlate, time, (planes,), rows, *flat, biases, *sizes, band, steps)


def weigh_planes(
    grad_weight: FloatArray, grad_output: FloatArray, x: FloatArray, steps: Steps
) -> None:
    """Fill grad_weight (O, 1, kH, kW) from grad_output (N, O, H', W') and x (N, C, H, W).

    The products are added up in the dtype of grad_weight; the other arrays may be narrower.
    """
    kernels, sizes = np.arange(len(grad_weight)), (x.shape, grad_output.shape)
    band = _choose_band(grad_output.shape[2:], 1, steps, grad_weight.itemsize)
    sliced = grad_weight.reshape(len(kernels), -1), kernels
    flat = grad_output.reshape(-1), x.reshape(-1)
    time = grad_output.size * grad_weight[0].size / SPEED[grad_weight.itemsize]
    share(_weigh, time, sliced, choose_taps(grad_weight[0].size), *flat, *sizes, band, steps)


def choose_taps(count: int) -> tuple[int, ...]:
    """Return a tuple as long as the parts of so many taps, cut into as few as possible."""
    return (0,) * -(-count // -(-count // MOST_TAPS))


def _choose_band(count: Pair, rows: int, steps: Steps, itemsize: int) -> Band:
    (height, width), (down, across) = steps.kernel_size, steps.stride
    pitch = count[1] + (width - 1) * steps.dilation[1] // across
    most = BAND_BYTES // (pitch * across * down * itemsize)
    windows = min(max(most // rows, 1) * rows, count[0])
    return Band(windows, (windows - 1) * down + (height - 1) * steps.dilation[0] + 1, pitch)


@jit
def _correlate(
    planes: IntegerArray,
    rows: tuple[int, ...],
    out: FloatArray,
    x: FloatArray,
    weight: FloatArray,
    bias: FloatArray,
    x_shape: tuple[int, int, int],
    out_shape: tuple[int, int, int],
    band: Band,
    steps: Steps,
) -> None:
    """Fill these planes of out; all arrays are flat."""
    kernels, height, width = out_shape
    size, per_channel = (x_shape[1], x_shape[2]), kernels // x_shape[0]
    plane, places = _make_plane(weight, band, steps), _find_taps(band, steps, 1)
    down, pitch = steps.stride[0], steps.stride[0] * band.pitch
    for number in planes:
        n, o = number // kernels, number % kernels
        image, taps = n * x_shape[0] + o // per_channel, o * places.size
        for top in range(0, height, band.windows):
            _fill_plane(plane, x, image, size, top, band, steps)
            place, last = (number * height + top) * width, min(band.windows, height - top) - 1
            for i in range(0, last + 1, len(rows)):
                # The next band, or that of the next image, follows.
                ahead = (image * size[0] + (top + band.windows + i) * down) * size[1]
                fetch_run(x, ahead, len(rows) * down * size[1])
                fill_rows(
                    rows, out, place, width, i, last, plane, pitch, places, weight, taps, bias[o]
                )


@jit
def _weigh(
    grad_weight: FloatArray,
    kernels: IntegerArray,
    taps: tuple[int, ...],
    grad_output: FloatArray,
    x: FloatArray,
    x_shape: tuple[int, int, int, int],
    out_shape: tuple[int, int, int, int],
    band: Band,
    steps: Steps,
) -> None:
    """Fill grad_weight (kernels, kH*kW) of these kernels: a vector of sums for each tap.

    The vectors of a band are added up in the dtype of grad_weight, those of all bands in float64.
    """
    _, channels, height, width = x_shape[0], x_shape[1], out_shape[2], out_shape[3]
    size, per_channel = (x_shape[2], x_shape[3]), out_shape[1] // channels
    plane, places = _make_plane(grad_weight, band, steps), _find_taps(band, steps, len(taps))
    pitch, wide = steps.stride[0] * band.pitch, lanes(grad_weight)
    sums = make_room(places.size * wide, grad_weight)
    for q in range(kernels.size):
        o, total = kernels[q], np.zeros(sums.size)
        for n in range(x_shape[0]):
            for top in range(0, height, band.windows):
                image = n * channels + o // per_channel
                _fill_plane(plane, x, image, size, top, band, steps)
                count = min(band.windows, height - top)
                place = ((n * out_shape[1] + o) * height + top) * width
                is_last = top + count == height
                ahead = size[0] * channels if is_last else (top + count) * steps.stride[0]
                fetch_run(x, (image * size[0] + ahead) * size[1], count * steps.stride[0] * size[1])
                ahead = out_shape[1] * height - top if is_last else count
                fetch_run(grad_output, place + ahead * width, count * width)
                sums[:] = 0.0
                for k in range(0, grad_weight.shape[1], len(taps)):
                    add_taps(
                        taps, sums, plane, 0, pitch, places, k, grad_output, place, width, count
                    )
                for k in range(sums.size):
                    total[k] += sums[k]
        for k in range(grad_weight.shape[1]):
            tap = 0.0
            for lane in range(wide):
                tap += total[k * wide + lane]
            grad_weight[q, k] = tap


@inlined
def _make_plane(like: FloatArray, band: Band, steps: Steps) -> FloatArray:
    """Return room for a band of a plane, and for a last vector that is only partly used."""
    return make_room(steps.stride[1] * band.rows * band.pitch + lanes(like), like)


@inlined
def _find_taps(band: Band, steps: Steps, parts: int) -> IntegerArray:
    """Return where in a plane each tap of the first window lies, and 0 to fill the last part."""
    height, width = steps.kernel_size
    places = np.zeros(-(-height * width // parts) * parts, np.int64)
    for u in range(height):
        for v in range(width):
            column = v * steps.dilation[1]
            row = column % steps.stride[1] * band.rows + u * steps.dilation[0]
            places[u * width + v] = row * band.pitch + column // steps.stride[1]
    return places


@inlined
def _fill_plane(
    plane: FloatArray, x: FloatArray, image: int, size: Pair, top: int, band: Band, steps: Steps
) -> None:
    """Fill plane with what the windows from row `top` on meet in an image."""
    row, down_and_across = top * steps.stride[0] - steps.start[0], (1, steps.stride[1])
    for b in range(steps.stride[1]):
        corner, place = (row, b - steps.start[1]), b * band.rows * band.pitch
        copy_pixels(plane, place, x, image, size, corner, (band.rows, band.pitch), down_and_across)
