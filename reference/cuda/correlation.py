"""Correlations on the GPU as products of matrices: the tiles of tiles.py over windows of images.

    result (kernels, windows) = weight (kernels, taps) @ columns (taps, windows)

where columns[k, p] is the pixel that tap k meets in window p (see taps.py), for all windows of all
images in one row. The matrix of columns is never laid out: a block fetches what its tile needs of
it from the images. A thread fetches for one window and for a few taps; neighbours among the threads
fetch for neighbouring windows, which mostly are neighbours in memory.

The taps are followed by some that meet no pixel, so that the last tile is like the others and the
next one can always be fetched.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64, uint32, uint64

from reference.cuda.places import is_inside, locate, type_tuple
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
    real, (rows, columns, depth, own_rows, own_columns) = from_dtype(dtype), tile
    threads = tile.threads
    # A thread fetches weights of one tap, and pixels of one window.
    weights, pixels = rows * depth // threads, columns * depth // threads
    rows_apart, taps_apart = threads // depth, threads // columns
    steps_of_part = PART // depth
    multiply, room_shape, own = make_multiply(dtype, tile), shape_room(tile), make_share(tile)
    begin, fold, (own_row, own_column) = make_begin(tile), make_fold(tile), own

    @device_function
    def fetch_weights(fetched: Any, weight: Any, tap: Any, taps: Any, kernels: Any) -> None:
        thread, group = int32(cuda.threadIdx.x), int64(cuda.blockIdx.z) * kernels
        first = int64(cuda.blockIdx.y) * rows + thread // depth
        k = tap + thread % depth
        for q in range(weights):
            # Rows beyond the last kernel are the last one again; nobody writes their results.
            o = min(first + q * rows_apart, kernels - 1)
            factor = weight[uint64((group + o) * taps + min(k, taps - 1))]
            fetched[q] = factor if k < taps else real(0)

    @device_function
    def fetch_pixels(
        fetched: Any, x: Any, table: Any, tap: Any, place: Any, row: Any, column: Any, size: Any
    ) -> None:
        k = uint64(tap + int32(cuda.threadIdx.x) // columns)
        for q in range(pixels):
            offset, below = table[0, k], row + int32(table[1, k])
            inside = is_inside(below, column + int32(table[2, k]), size)
            # Fetched from somewhere in any case: a branch would wait for one pixel after the other.
            pixel = x[uint64(place + offset if inside else 0)]
            fetched[q] = pixel if inside else real(0)
            k += uint64(taps_apart)

    @device_function
    def store(room: Any, buffer: Any, fetched_weights: Any, fetched_pixels: Any) -> None:
        thread = uint32(cuda.threadIdx.x)
        k, row = thread % uint32(depth), thread // uint32(depth)
        for q in range(weights):
            room[buffer, k, row + uint32(q * rows_apart)] = fetched_weights[q]
        k, column = thread // uint32(columns), uint32(rows) + thread % uint32(columns)
        for q in range(pixels):
            room[buffer, k + uint32(q * taps_apart), column] = fetched_pixels[q]

    @device_function
    def write(out: Any, totals: Any, bias: Any, places: Any, shape: Any) -> None:
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
        room = cuda.shared.array(room_shape, real, ALIGNMENT)
        places = cuda.shared.array(columns, int64)
        sums = cuda.local.array((own_rows, own_columns), real)
        totals = cuda.local.array((own_rows, own_columns), real)
        fetched_weights = cuda.local.array(weights, real)
        fetched_pixels = cuda.local.array(pixels, real)
        thread, groups = uint32(cuda.threadIdx.x), int64(cuda.gridDim.z)
        kernels, channels = shape[1] // groups, size[1] // groups

        number = int64(cuda.blockIdx.x) * columns + int64(thread % uint32(columns))
        n, i, j = locate(number, count)
        row, column = int32(i * stride[0] - start[0]), int32(j * stride[1] - start[1])
        place = (n * size[1] + int64(cuda.blockIdx.z) * channels) * size[2]
        place = (place + row) * size[3] + column
        to = n * shape[1] * shape[2] * shape[3] + target[0] + i * target[1] + j * target[2]
        if n >= size[0]:
            row, to = int32(NOWHERE), int64(-1)
        if thread < uint32(columns):
            places[thread] = to

        begin(totals, sums)
        buffer = uint32(0)
        for step in range(table.shape[1] // depth):
            fetch_weights(fetched_weights, weight, step * depth, taps, kernels)
            fetch_pixels(fetched_pixels, x, table, step * depth, place, row, column, size)
            if step > 0:
                multiply(sums, room, buffer)
                buffer = uint32(1) - buffer
            store(room, buffer, fetched_weights, fetched_pixels)
            cuda.syncthreads()
            if step % steps_of_part == 0:
                fold(totals, sums)
        fold(totals, sums)
        write(out, totals, bias, places, shape)

    return correlate


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
