"""Pooling on the CPU: for all windows of a row at once, tap by tap.

Where a row has few windows, a vector takes the same window of many planes in place of the windows
of a row (pooling_planes), and where a window is a run of pixels, the pixels (pooling_runs).

The smallest value is minus the largest of the opposite numbers: sign is 1 for the largest, -1 for
the smallest, in the dtype of x.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit
from reference.cpu.plane_lanes import NEAR_BYTES, are_runs, fill_lanes
from reference.cpu.pooling_planes import pool_planes
from reference.cpu.pooling_rows import lanes_of, pool_row
from reference.cpu.pooling_runs import pool_runs
from reference.threads import share
from reference.windows import Pair

# Up to so many windows in a row, by the bytes of a number, planes side by side are faster.
FEW_COLUMNS = {4: 16, 8: 12}


def max_pool2d(
    out: FloatArray, x: FloatArray, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> None:
    """Fill out (planes, H', W') from x (planes, H, W)."""
    whole = (x.dtype.type(1), kernel_size, stride, padding, dilation)
    _share(out, x, _no_indices(x), *whole)


def min_pool2d(
    out: FloatArray, x: FloatArray, kernel_size: Pair, stride: Pair, padding: Pair, dilation: Pair
) -> None:
    """Fill out (planes, H', W') from x (planes, H, W)."""
    whole = (x.dtype.type(-1), kernel_size, stride, padding, dilation)
    _share(out, x, _no_indices(x), *whole)


def max_pool2d_with_indices(
    out: FloatArray,
    indices: IntegerArray,
    x: FloatArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W)."""
    whole = (x.dtype.type(1), kernel_size, stride, padding, dilation)
    _share(out, x, indices, *whole)


def min_pool2d_with_indices(
    out: FloatArray,
    indices: IntegerArray,
    x: FloatArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W)."""
    whole = (x.dtype.type(-1), kernel_size, stride, padding, dilation)
    _share(out, x, indices, *whole)


def _no_indices(x: FloatArray) -> NDArray[np.int8]:
    """Return what stands for the indices where none are wanted; its dtype tells the kernel."""
    return np.empty((len(x), 0, 0), np.int8)


def _share(
    out: FloatArray,
    x: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    sign: float | np.floating[Any],
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Choose the way, by the planes and the windows and never by the number of threads."""
    whole = (sign, kernel_size, stride, padding, dilation)
    comparisons = out.size * kernel_size[0] * kernel_size[1]
    if dilation == (1, 1) and are_runs(out, x, kernel_size, padding):
        share(pool_runs, (comparisons + 16 * out.size) / 8, (out, x, indices), *whole)
    elif fill_lanes(x) and _suits_lanes(out, indices, kernel_size, stride):
        share(pool_planes, x.size / 4 + comparisons / 16, (out, x, indices), *whole)
    else:
        share(_pool, comparisons / 4, (out, x, indices), *whole)


def _suits_lanes(
    out: FloatArray, indices: IntegerArray | NDArray[np.int8], kernel_size: Pair, stride: Pair
) -> bool:
    """Return whether planes side by side are faster than windows side by side: measured."""
    overlap = kernel_size[0] * kernel_size[1] / (stride[0] * stride[1])
    columns, least = out.shape[2], 6
    # The indices of many planes go to as many places at a time, which is slow where memory is.
    if indices.size * indices.itemsize > NEAR_BYTES:
        columns, least = columns * 4 / 3, 12
    return columns <= FEW_COLUMNS[out.itemsize] or overlap >= least or stride[1] > 2


@jit
def _pool(
    out: FloatArray,
    x: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    sign: float,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    size, columns = (x.shape[1], x.shape[2]), out.shape[2]
    # Vectors read and write beyond the last window of a row.
    vectors = (columns + lanes_of(x) - 1) // lanes_of(x) * lanes_of(x)
    ahead = (kernel_size[1] - 1) * dilation[1] + stride[1] * vectors + lanes_of(x)
    firsts = np.empty(vectors, np.int64)
    for j in range(vectors):
        firsts[j] = padding[1] + _enter(j * stride[1] - padding[1], dilation[1])
    spare, spare_places = np.empty(vectors, x.dtype), np.empty(vectors, indices.dtype)
    # A plane is copied between columns of what is never the best where windows hang over its sides,
    # and at the end of the memory, behind which nothing may be read.
    reach = (columns - 1) * stride[1] + (kernel_size[1] - 1) * dilation[1] + 1
    has_border = padding[1] > 0 or reach > size[1]
    pitch = max(reach, padding[1] + size[1]) if has_border else size[1]
    copied = np.full(size[0] * pitch + ahead, x.dtype.type(-np.inf) * sign)
    pixels, end = x.reshape(x.size), x.size - size[0] * size[1] - ahead
    room = (firsts, spare, spare_places)
    for p in range(out.shape[0]):
        origin, plane = p * size[0] * size[1], pixels
        if has_border or origin > end:
            _copy_plane(copied, pitch, padding[1], x, p)
            origin, plane = 0, copied
        lying = (origin, pitch)
        _pool_plane(
            out, indices, p, plane, lying, size, sign, room, kernel_size, stride, padding, dilation
        )


@jit
def _copy_plane(copied: FloatArray, pitch: int, start: int, x: FloatArray, p: int) -> None:
    for row in range(x.shape[1]):
        begin = row * pitch + start
        for column in range(x.shape[2]):
            copied[np.uintp(begin + column)] = x[p, row, column]


@jit
def _pool_plane(
    out: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    p: int,
    plane: FloatArray,
    lying: Pair,
    size: Pair,
    sign: float,
    room: tuple[IntegerArray, FloatArray, IntegerArray | NDArray[np.int8]],
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out[p] from the plane whose first pixel is plane[lying[0]], of rows lying[1] apart."""
    firsts, spare, spare_places = room
    columns, results, places = out.shape[2], out.reshape(out.size), indices.reshape(indices.size)
    for i in range(out.shape[1]):
        above = i * stride[0] - padding[0]
        # The rows of the windows' taps that lie in the image.
        top, bottom = _enter(above, dilation[0]), min(above + kernel_size[0] * dilation[0], size[0])
        rows = (bottom - top + dilation[0] - 1) // dilation[0] if dilation[0] > 1 else bottom - top
        o, start = (p * out.shape[1] + i) * columns, lying[0] + top * lying[1]
        place, steps = top * size[1] - padding[1], (dilation[0] * lying[1], dilation[0] * size[1])
        fits = o + len(firsts) <= out.size
        best, found = (results, places) if fits else (spare, spare_places)
        begin = o if fits else 0
        pool_row(
            *(best, found, begin, columns, sign, plane, start, stride[1], rows),
            *(steps[0], kernel_size[1], dilation[1], firsts, place, steps[1]),
        )
        if not fits:
            for j in range(columns):
                out[p, i, j] = spare[j]
                if indices.size > 0:
                    indices[p, i, j] = spare_places[j]


@jit
def _enter(start: int, dilation: int) -> int:
    """Return the first tap of a window that does not lie in the padding before the image."""
    return start if start >= 0 else start % dilation
