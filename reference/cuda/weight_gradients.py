"""The gradient of a convolution's kernels on the GPU: products of matrices again.

    grad_weight (kernels, taps) = grad_output (kernels, windows) @ columns (windows, taps)

with columns as in correlation.py, and the windows of all images in one row. This matrix is small
and the sums are long, so the windows are cut into spans: each is added up by blocks of its own, and
a second kernel adds up what the spans gave, always in the same order.

A thread fetches what belongs to one window: its gradients of a few kernels, and its pixels of a few
taps, which are the same from beginning to end.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int32, int64, uint32, uint64

from reference.cuda.places import is_inside, locate, type_tuple
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
    real, (rows, columns, depth, own_rows, own_columns) = from_dtype(dtype), tile
    threads = tile.threads
    grads, pixels = rows * depth // threads, columns * depth // threads
    apart = threads // depth
    steps_of_part = PART // depth
    multiply, room_shape, own = make_multiply(dtype, tile), shape_room(tile), make_share(tile)
    begin, fold, (own_row, own_column) = make_begin(tile), make_fold(tile), own

    @device_function
    def fetch_grads(fetched: Any, grad_output: Any, place: Any, plane: Any, kernels: Any) -> None:
        first = int64(cuda.blockIdx.y) * rows + int32(cuda.threadIdx.x) // depth
        for q in range(grads):
            # Rows beyond the last kernel are the last one again; nobody writes their results.
            o = min(first + q * apart, kernels - 1)
            grad = grad_output[uint64(max(place, 0) + o * plane)]
            fetched[q] = grad if place >= 0 else real(0)

    @device_function
    def fetch_pixels(
        fetched: Any, x: Any, taps: Any, place: Any, row: Any, column: Any, size: Any
    ) -> None:
        for q in range(pixels):
            inside = is_inside(row + int32(taps[1, q]), column + int32(taps[2, q]), size)
            # Fetched from somewhere in any case: a branch would wait for one pixel after the other.
            pixel = x[uint64(place + taps[0, q] if inside else 0)]
            fetched[q] = pixel if inside else real(0)

    @device_function
    def store(room: Any, buffer: Any, fetched_grads: Any, fetched_pixels: Any) -> None:
        thread = uint32(cuda.threadIdx.x)
        k, own = thread % uint32(depth), thread // uint32(depth)
        for q in range(grads):
            room[buffer, k, own + uint32(q * apart)] = fetched_grads[q]
        for q in range(pixels):
            room[buffer, k, own + uint32(rows + q * apart)] = fetched_pixels[q]

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
        room = cuda.shared.array(room_shape, real, ALIGNMENT)
        sums = cuda.local.array((own_rows, own_columns), real)
        totals = cuda.local.array((own_rows, own_columns), real)
        fetched_grads = cuda.local.array(grads, real)
        fetched_pixels = cuda.local.array(pixels, real)
        taps = cuda.local.array((3, pixels), int64)
        thread = uint32(cuda.threadIdx.x)
        of_span = int64(cuda.blockIdx.z) // groups
        group = int64(cuda.blockIdx.z) - of_span * groups
        kernels, channels = shape[1] // groups, size[1] // groups

        for q in range(pixels):
            k = int64(cuda.blockIdx.x) * columns + int64(thread // uint32(depth)) + q * apart
            for t in range(3):
                taps[t, q] = table[t, min(k, table.shape[1] - 1)]
            if k >= table.shape[1]:
                taps[1, q] = NOWHERE
        plane, last = shape[2] * shape[3], min((of_span + 1) * span, shape[0] * shape[2] * shape[3])
        number = of_span * span + int64(thread % uint32(depth))
        n, i, j = locate(number, (shape[2], shape[3]))
        p = int32(i * shape[3] + j)  # of a plane, which has fewer than 2**31 windows

        begin(totals, sums)
        buffer, steps = uint32(0), (last - of_span * span + depth - 1) // depth
        for step in range(steps + 1):
            i = int32(uint32(p) // uint32(shape[3]))
            row = int32(i * stride[0] - start[0])
            column = int32((p - i * shape[3]) * stride[1] - start[1])
            place = (n * shape[1] + group * kernels) * plane + p
            if number >= last:
                row, place = int32(NOWHERE), int64(-1)
            fetch_grads(fetched_grads, grad_output, place, plane, kernels)
            place = ((n * size[1] + group * channels) * size[2] + row) * size[3] + column
            fetch_pixels(fetched_pixels, x, taps, place, row, column, size)
            if step > 0:
                multiply(sums, room, buffer)
                buffer = uint32(1) - buffer
            store(room, buffer, fetched_grads, fetched_pixels)
            cuda.syncthreads()
            if step % steps_of_part == 0:
                fold(totals, sums)
            number += depth
            p = int32(p + depth)
            while p >= plane:
                p = int32(p - plane)
                n += 1
        fold(totals, sums)
        write(parts, totals, kernels, table.shape[1])

    return weigh


def proofs() -> Iterator[Proof]:
    """Yield every kernel of this module, with the arguments that it is launched with."""
    shapes, pair = (type_tuple(4),) * 2, type_tuple(2)
    for real in (float32, float64):
        dtype = np.dtype(str(real))
        for tile in list_tiles(dtype):
            arrays = real[::1], real[::1], real[::1], int64[:, ::1]
            arguments = (*arrays, *shapes, pair, pair, int64, int64)
            yield Proof(f"weigh {tile.rows}x{tile.columns}", make_weigh(dtype, tile), arguments)
