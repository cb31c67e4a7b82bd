"""Correlations on the GPU as products of matrices: the tiles of tiles.py over windows of images.

    result (kernels, windows) = weight (kernels, taps) @ columns (taps, windows)

where columns[k, p] is the pixel that tap k meets in window p (see taps.py), for all windows of all
images in one row. The matrix of columns is never laid out: a block fetches what its tile needs of
it from the images (see factors.py).

The taps are followed by some that meet no pixel, so that the last tile is like the others and the
next one can always be fetched.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64, uint32, uint64

from reference.cuda.factors import (
    count_fetched,
    make_fetch_pixels_of_window,
    make_fetch_weights,
    make_store_along_columns,
    make_store_along_depth,
)
from reference.cuda.places import locate, type_tuple
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.taps import NOWHERE, Placement, pad
from reference.cuda.target import cuda, device_function, kernel
from reference.cuda.tiles import (
    ALIGNMENT,
    PART,
    Tile,
    choose_tile,
    list_tiles,
    make_begin,
    make_fold,
    make_multiply,
    make_share,
    shape_room,
)


def correlate(
    stage: Stage, out: Any, x: Any, weight: Any, bias: Any, placement: Placement, groups: int
) -> None:
    """Fill out, on the device, by correlating x (N, C, H, W) with kernels (O, taps)."""
    windows = len(x) * placement.windows[0] * placement.windows[1]
    if not windows:
        return
    kernels = len(weight) // groups
    tile = choose_tile(x.dtype, kernels, windows, groups)
    down, across = tile.cover(kernels, windows)
    taps = placement.table.shape[1]
    table = stage.read(pad(placement.table, -taps % tile.depth + tile.depth))
    flat = out.reshape(-1), x.reshape(-1), weight.reshape(-1)
    make_correlate(np.dtype(x.dtype), tile)[(across, down, groups), tile.threads](
        *flat, bias, table, out.shape, x.shape, *placement[1:], taps
    )


@cache
def make_correlate(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return correlate[(columns, rows, groups), threads](...) for tiles of this size.

    shape is that of out and size that of x, which are flat here; count to target are those of a
    Placement, and taps how many there are without those that fill the last tile.
    """
    real, columns, own = from_dtype(dtype), tile.columns, (tile.own_rows, tile.own_columns)
    add_up, write = _make_add_up(dtype, tile), _make_write(tile)

    @kernel
    def correlate(
        out: Any,
        x: Any,
        weight: Any,
        bias: Any,
        table: Any,
        shape: Any,
        size: Any,
        count: Any,
        stride: Any,
        start: Any,
        target: Any,
        taps: Any,
    ) -> None:
        places = cuda.shared.array(columns, int64)
        totals = cuda.local.array(own, real)
        thread, groups = uint32(cuda.threadIdx.x), int64(cuda.gridDim.z)
        kernels, channels = shape[1] // groups, size[1] // groups
        number = int64(cuda.blockIdx.x) * columns + int64(thread % uint32(columns))
        found = locate(number, count)
        to, window = locate_window(found, shape, size, channels, stride, start, target)
        if thread < uint32(columns):
            places[thread] = to
        add_up(totals, weight, (kernels, taps), x, size, table, window)
        write(out, totals, bias, places, shape)

    return correlate


@device_function
def locate_window(
    found: Any, shape: Any, size: Any, channels: Any, stride: Any, start: Any, target: Any
) -> Any:
    """Return the place of a window's first result, and the row, column and place where it begins.

    The window is found by its image, and its row and column among the windows. Beyond the last
    image the place of the result is -1, and the row is in no image.
    """
    n, i, j = found
    row, column = int32(i * stride[0] - start[0]), int32(j * stride[1] - start[1])
    place = (n * size[1] + int64(cuda.blockIdx.z) * channels) * size[2]
    place = (place + row) * size[3] + column
    to = n * shape[1] * shape[2] * shape[3] + target[0] + i * target[1] + j * target[2]
    if n >= size[0]:
        row, to = int32(NOWHERE), int64(-1)
    return to, (row, column, place)


def _make_add_up(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return add_up(totals, ...): the products of all taps, step by step (see tiles.py).

    shape is that of a group's weights, (kernels, taps); size that of x.
    """
    real, depth, own = from_dtype(dtype), tile.depth, (tile.own_rows, tile.own_columns)
    weights, pixels = count_fetched(tile, tile.rows), count_fetched(tile, tile.columns)
    room_shape, steps_of_part = shape_room(tile), PART // depth
    fetch_weights = make_fetch_weights(dtype, tile)
    fetch_pixels = make_fetch_pixels_of_window(dtype, tile)
    store_weights = make_store_along_depth(tile, 0, tile.rows)
    store_pixels = make_store_along_columns(tile)
    begin, multiply, fold = make_begin(tile), make_multiply(dtype, tile), make_fold(tile)

    @device_function
    def add_up(
        totals: Any, weight: Any, shape: Any, x: Any, size: Any, table: Any, window: Any
    ) -> None:
        room = cuda.shared.array(room_shape, real, ALIGNMENT)
        sums = cuda.local.array(own, real)
        fetched_weights = cuda.local.array(weights, real)
        fetched_pixels = cuda.local.array(pixels, real)
        begin(totals, sums)
        buffer = uint32(0)
        for step in range(table.shape[1] // depth):
            fetch_weights(fetched_weights, weight, shape, step * depth)
            fetch_pixels(fetched_pixels, x, table, step * depth, window, size)
            if step > 0:
                multiply(sums, room, buffer)
                buffer = uint32(1) - buffer
            store_weights(room, buffer, fetched_weights)
            store_pixels(room, buffer, fetched_pixels)
            cuda.syncthreads()
            if step % steps_of_part == 0:
                fold(totals, sums)
        fold(totals, sums)

    return add_up


def _make_write(tile: Tile) -> Any:
    """Return write(out, totals, bias, places, shape): a thread's totals, each with its bias."""
    rows, own_rows, own_columns = tile.rows, tile.own_rows, tile.own_columns
    own_row, own_column = make_share(tile)

    @device_function
    def write(out: Any, totals: Any, bias: Any, places: Any, shape: Any) -> None:
        # The kernels of a group are counted anew: to keep their number would take registers.
        kernels, plane = shape[1] // int64(cuda.gridDim.z), shape[2] * shape[3]
        for i in range(own_rows):
            o = int64(cuda.blockIdx.y) * rows + int64(own_row(i))
            if o < kernels:
                o += int64(cuda.blockIdx.z) * kernels
                own_bias = bias[uint64(o)]
                for j in range(own_columns):
                    place = places[own_column(j)]
                    if place >= 0:
                        out[uint64(place + o * plane)] = totals[i, j] + own_bias

    return write


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    sizes, pair, triple = (type_tuple(4), type_tuple(4)), type_tuple(2), type_tuple(3)
    for real in (float32, float64):
        dtype = np.dtype(str(real))
        for tile in list_tiles(dtype):
            name = f"correlate {tile.rows}x{tile.columns}"
            arrays = real[::1], real[::1], real[::1], real[::1], int64[:, ::1]
            arguments = (*arrays, *sizes, pair, pair, pair, triple, int64)
            yield Proof(name, make_correlate(dtype, tile), arguments)
