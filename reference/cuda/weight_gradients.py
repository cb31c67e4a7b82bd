"""The gradient of a convolution's kernels on the GPU: products of matrices again.

    grad_weight (kernels, taps) = grad_output (kernels, windows) @ columns (windows, taps)

with columns as in correlation.py, and the windows of all images in one row. This matrix is small
and the sums are long, so the windows are cut into spans: each is added up by blocks of its own, and
a second kernel adds up what the spans gave, always in the same order. What a thread fetches for
these sums is told in factors.py.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64, uint32, uint64

from reference.cuda.factors import (
    count_fetched,
    make_fetch_grads,
    make_fetch_pixels_of_taps,
    make_read_taps,
    make_store_along_depth,
)
from reference.cuda.places import locate, type_tuple
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.sums import add_parts
from reference.cuda.taps import NOWHERE, Placement
from reference.cuda.target import IS_SIMULATED, cuda, device_function, kernel
from reference.cuda.tiles import (
    ALIGNMENT,
    ENOUGH_BLOCKS,
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

# A sum of fewer windows than these is not cut. A grid's third axis has room for 2**16 - 1 blocks.
LEAST_WINDOWS = 24 if IS_SIMULATED else 1024
MOST_SPANS = 2**15


def fill_grad_weight(
    stage: Stage, grad_weight: Any, grad_output: Any, x: Any, placement: Placement, groups: int
) -> None:
    """Fill grad_weight, on the device, from grad_output (N, O, H', W') and x (N, C, H, W)."""
    kernels, taps = len(grad_weight) // groups, placement.table.shape[1]
    windows, dtype = len(x) * placement.windows[0] * placement.windows[1], np.dtype(x.dtype)
    if not windows:
        add_parts(grad_weight, cuda.device_array((0, grad_weight.size), dtype))
        return
    tile = choose_tile(dtype, kernels, taps, groups * -(-windows // LEAST_WINDOWS))
    down, across = tile.cover(kernels, taps)
    span = _choose_span(windows, down * across * groups, groups, tile.depth)
    spans = -(-windows // span)
    flat = grad_weight.reshape(1, grad_weight.size)
    parts = cuda.device_array((spans, grad_weight.size), dtype) if spans > 1 else flat
    make_weigh(dtype, tile)[(across, down, spans * groups), tile.threads](
        *(parts.reshape(-1), grad_output.reshape(-1), x.reshape(-1), stage.read(placement.table)),
        *(grad_output.shape, x.shape, placement.stride, placement.start, groups, span),
    )
    if spans > 1:
        add_parts(grad_weight, parts)


def _choose_span(windows: int, blocks: int, groups: int, depth: int) -> int:
    """Return how many windows a block adds up, when so many blocks share all windows."""
    spans = min(-(-2 * ENOUGH_BLOCKS // blocks), MOST_SPANS // groups, windows // LEAST_WINDOWS)
    span = -(-windows // max(1, spans))
    return -(-span // depth) * depth


@cache
def make_weigh(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return weigh[(columns, rows, spans * groups), threads](...) for tiles of this size."""
    real, own = from_dtype(dtype), (tile.own_rows, tile.own_columns)
    shape_of_taps = 3, count_fetched(tile, tile.columns)
    read_taps, add_up, write = make_read_taps(tile), _make_add_up(dtype, tile), _make_write(tile)

    @kernel
    def weigh(
        parts: Any,
        grad_output: Any,
        x: Any,
        table: Any,
        shape: Any,
        size: Any,
        stride: Any,
        start: Any,
        groups: Any,
        span: Any,
    ) -> None:
        totals = cuda.local.array(own, real)
        taps = cuda.local.array(shape_of_taps, int64)
        of_span = int64(cuda.blockIdx.z) // groups
        group = int64(cuda.blockIdx.z) - of_span * groups
        kernels, channels = shape[1] // groups, size[1] // groups
        placed = shape, size, stride, start, (group, kernels, channels)
        read_taps(taps, table)
        add_up(totals, grad_output, x, taps, placed, of_span * span, span)
        write(parts, totals, kernels, table.shape[1])

    return weigh


def _make_add_up(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return add_up(totals, ...): the products of a span of windows, step by step (see tiles.py).

    placed are the shapes of grad_output and x, the stride and the start of the windows, and the
    group: its number, its kernels and its channels. The windows are numbered, in all images.
    """
    real, depth, own = from_dtype(dtype), tile.depth, (tile.own_rows, tile.own_columns)
    grads, pixels = count_fetched(tile, tile.rows), count_fetched(tile, tile.columns)
    room_shape, steps_of_part = shape_room(tile), PART // depth
    fetch_grads = make_fetch_grads(dtype, tile)
    fetch_pixels = make_fetch_pixels_of_taps(dtype, tile)
    store_grads = make_store_along_depth(tile, 0, tile.rows)
    store_pixels = make_store_along_depth(tile, tile.rows, tile.columns)
    begin, multiply, fold = make_begin(tile), make_multiply(dtype, tile), make_fold(tile)

    @device_function
    def add_up(
        totals: Any, grad_output: Any, x: Any, taps: Any, placed: Any, first: Any, span: Any
    ) -> None:
        room = cuda.shared.array(room_shape, real, ALIGNMENT)
        sums = cuda.local.array(own, real)
        fetched_grads = cuda.local.array(grads, real)
        fetched_pixels = cuda.local.array(pixels, real)
        shape, size, _, _, (_, kernels, _) = placed
        plane, end = shape[2] * shape[3], min(first + span, shape[0] * shape[2] * shape[3])
        number = first + int64(uint32(cuda.threadIdx.x) % uint32(depth))
        n, i, j = locate(number, (shape[2], shape[3]))
        p = int32(i * shape[3] + j)  # of a plane, which has fewer than 2**31 windows
        begin(totals, sums)
        buffer, steps = uint32(0), (end - first + depth - 1) // depth
        for step in range(steps + 1):
            place, window = locate_window(n, p, number < end, placed)
            fetch_grads(fetched_grads, grad_output, place, plane, kernels)
            fetch_pixels(fetched_pixels, x, taps, window, size)
            if step > 0:
                multiply(sums, room, buffer)
                buffer = uint32(1) - buffer
            store_grads(room, buffer, fetched_grads)
            store_pixels(room, buffer, fetched_pixels)
            cuda.syncthreads()
            if step % steps_of_part == 0:
                fold(totals, sums)
            number += depth
            n, p = advance(n, p, depth, plane)
        fold(totals, sums)

    return add_up


@device_function
def locate_window(n: Any, p: Any, is_there: Any, placed: Any) -> Any:
    """Return the place of a window's first gradient, and the row, column and place where it begins.

    It is window p of image n. If it is not there, the place of the gradient is -1, and the row is
    in no image.
    """
    shape, size, stride, start, (group, kernels, channels) = placed
    i = int32(uint32(p) // uint32(shape[3]))
    row = int32(i * stride[0] - start[0])
    column = int32((p - i * shape[3]) * stride[1] - start[1])
    place = (n * shape[1] + group * kernels) * (shape[2] * shape[3]) + p
    if not is_there:
        row, place = int32(NOWHERE), int64(-1)
    begins = ((n * size[1] + group * channels) * size[2] + row) * size[3] + column
    return place, (row, column, begins)


@device_function
def advance(n: Any, p: Any, windows: Any, plane: Any) -> Any:
    """Return the image, and the number in it, of the window that comes so many windows later."""
    p = int32(p + windows)
    while p >= plane:
        p = int32(p - plane)
        n += 1
    return n, p


def _make_write(tile: Tile) -> Any:
    """Return write(parts, totals, kernels, taps): a thread's totals, which its span gives."""
    rows, columns, _, own_rows, own_columns = tile
    own_row, own_column = make_share(tile)

    @device_function
    def write(parts: Any, totals: Any, kernels: Any, taps: Any) -> None:
        for i in range(own_rows):
            o = int64(cuda.blockIdx.y) * rows + int64(own_row(i))
            if o < kernels:
                # The third axis of blocks counts groups, and after all of them the next span.
                first = (int64(cuda.blockIdx.z) * kernels + o) * taps
                for j in range(own_columns):
                    k = int64(cuda.blockIdx.x) * columns + int64(own_column(j))
                    if k < taps:
                        parts[uint64(first + k)] = totals[i, j]

    return write


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    shapes, pair = (type_tuple(4),) * 2, type_tuple(2)
    for real in (float32, float64):
        dtype = np.dtype(str(real))
        for tile in list_tiles(dtype):
            arrays = real[::1], real[::1], real[::1], int64[:, ::1]
            arguments = (*arrays, *shapes, pair, pair, int64, int64)
            yield Proof(f"weigh {tile.rows}x{tile.columns}", make_weigh(dtype, tile), arguments)
