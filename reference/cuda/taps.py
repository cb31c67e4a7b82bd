"""Taps: where the numbers lie that a convolution multiplies, in a table for the device.

Window (i, j) begins at row i*stride - start of an image (N, C, H, W), and its tap k meets the pixel

    offsets[k] further in memory, rows[k] rows below and columns[k] columns to the right

which counts as zero if that row or that column is none of the image. So a kernel divides only to
find the windows of a thread, and need not know of channels, kernel sizes or dilations.

The gradient of the images has tables too. On an axis, pixel rest + q*stride is met by the taps t
for which rest + start - t*dilation is a multiple of the stride, in window

    q + (rest + start - t*dilation) / stride

For each sort of pixels, those of one rest down and one across, grad_x is therefore a correlation of
grad_output with these taps alone.
"""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference.windows import Pair

# A row that is in no image, whatever is added to it.
NOWHERE = -(2**30)


class Placement(NamedTuple):
    """How windows lie over images, and where their results go.

    The result of window (i, j) is at target[0] + i*target[1] + j*target[2] of its plane.
    """

    table: NDArray[np.int64]  # (3, taps): offsets, rows, columns
    windows: Pair  # how many down and across
    stride: Pair
    start: Pair
    target: tuple[int, int, int]


class Sort(NamedTuple):
    """Pixels of one sort: the taps that meet them, vertical and horizontal, and how they lie.

    Where there are no taps, the table has one that meets nothing.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    placement: Placement


def place_windows(
    channels: int,
    size: Pair,
    kernel_size: Pair,
    count: Pair,
    stride: Pair,
    start: Pair,
    dilation: Pair,
) -> Placement:
    """Return how the windows of a kernel lie; taps go along channels, rows and columns."""
    rows = tuple(u * dilation[0] for u in range(kernel_size[0]))
    columns = tuple(v * dilation[1] for v in range(kernel_size[1]))
    table = _list_taps(channels, size, rows, columns)
    return Placement(table, count, stride, start, (0, count[1], 1))


def sort_pixels(
    kernels: int,
    size: Pair,
    kernel_size: Pair,
    count: Pair,
    stride: Pair,
    start: Pair,
    dilation: Pair,
) -> list[Sort]:
    """Return the sorts of pixels of an image of that size; their windows lie over grad_output.

    kernels is how many planes of grad_output each pixel has to do with.
    """
    sorts = []
    for a, b in product(range(min(stride[0], size[0])), range(min(stride[1], size[1]))):
        rows = _find_taps(kernel_size[0], a + start[0], stride[0], dilation[0])
        columns = _find_taps(kernel_size[1], b + start[1], stride[1], dilation[1])
        table = _list_taps(kernels, count, tuple(rows.values()), tuple(columns.values()))
        table = table if table.size else pad(table, 1)
        pixels = -(-(size[0] - a) // stride[0]), -(-(size[1] - b) // stride[1])
        target = a * size[1] + b, stride[0] * size[1], stride[1]
        placement = Placement(table, pixels, (1, 1), (0, 0), target)
        sorts.append(Sort(tuple(rows), tuple(columns), placement))
    return sorts


def pad(table: NDArray[np.int64], taps: int) -> NDArray[np.int64]:
    """Return the table with so many more taps, which meet nothing."""
    nothing = np.full((3, taps), NOWHERE)
    nothing[0] = 0
    return np.concatenate([table, nothing], axis=1)


def _find_taps(kernel_size: int, place: int, stride: int, dilation: int) -> dict[int, int]:
    """Return, for each tap that meets a pixel, how many windows after the pixel's own number."""
    taps = range(kernel_size)
    apart = {t: place - t * dilation for t in taps if (place - t * dilation) % stride == 0}
    return {t: distance // stride for t, distance in apart.items()}


@lru_cache(maxsize=256)
def _list_taps(
    channels: int, size: Pair, rows: tuple[int, ...], columns: tuple[int, ...]
) -> NDArray[np.int64]:
    c, u, v = np.arange(channels)[:, None, None], np.array(rows, int), np.array(columns, int)
    u, v, shape = u[:, None], v[None, :], (channels, len(rows), len(columns))
    offsets = (c * size[0] + u) * size[1] + v
    table = [np.broadcast_to(a, shape).ravel() for a in (offsets, u, v)]
    return np.array(table, np.int64).reshape(3, -1)
