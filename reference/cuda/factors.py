"""The factors of a step: what a thread fetches of them into registers, and where it stores them.

At each step a block needs (depth, rows) numbers of the left matrix and (depth, columns) of the
right one (see tiles.py). Its threads share each of the two out, so that neighbours among them fetch
what mostly are neighbours in memory:

    along the depth      a thread has the product thread % depth, of a few rows or columns
    along the columns    a thread has the column thread % columns, of a few products

The products of a correlation go along the taps. Those are neighbours in a kernel, so weights are
fetched along the depth; pixels are fetched along the columns, which are windows. The products of
the weights' gradient go along the windows, so gradients and pixels are both fetched along the
depth.
"""

from functools import cache
from typing import Any

import numpy as np
from numba import from_dtype, int32, int64, uint32, uint64

from reference.cuda.places import is_inside
from reference.cuda.taps import NOWHERE
from reference.cuda.target import cuda, device_function
from reference.cuda.tiles import Tile


def count_fetched(tile: Tile, length: int) -> int:
    """Return how many numbers a thread fetches of a matrix's (depth, length)."""
    return length * tile.depth // tile.threads


@cache
def make_fetch_weights(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return fetch_weights(fetched, weight, shape, tap): of a step that begins at a tap.

    A thread's weights are those of one tap, and of a few kernels; shape is that of a group's
    weights, (kernels, taps).
    """
    real, rows, depth = from_dtype(dtype), tile.rows, tile.depth
    weights, apart = count_fetched(tile, rows), tile.threads // depth

    @device_function
    def fetch_weights(fetched: Any, weight: Any, shape: Any, tap: Any) -> None:
        kernels, taps = shape
        thread, group = int32(cuda.threadIdx.x), int64(cuda.blockIdx.z) * kernels
        first = int64(cuda.blockIdx.y) * rows + thread // depth
        k = tap + thread % depth
        for q in range(weights):
            # Rows beyond the last kernel are the last one again; nobody writes their results.
            o = min(first + q * apart, kernels - 1)
            factor = weight[uint64((group + o) * taps + min(k, taps - 1))]
            fetched[q] = factor if k < taps else real(0)

    return fetch_weights


@cache
def make_fetch_pixels_of_window(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return fetch_pixels(fetched, x, table, tap, window, size): of a step that begins at a tap.

    A thread's window is always the same: its row, its column and its place in memory.
    """
    real, columns = from_dtype(dtype), tile.columns
    pixels, apart = count_fetched(tile, columns), tile.threads // columns

    @device_function
    def fetch_pixels(fetched: Any, x: Any, table: Any, tap: Any, window: Any, size: Any) -> None:
        row, column, place = window
        k = uint64(tap + int32(cuda.threadIdx.x) // columns)
        for q in range(pixels):
            offset, below = table[0, k], row + int32(table[1, k])
            inside = is_inside(below, column + int32(table[2, k]), size)
            # Fetched from somewhere in any case: a branch would wait for one pixel after the other.
            pixel = x[uint64(place + offset if inside else 0)]
            fetched[q] = pixel if inside else real(0)
            k += uint64(apart)

    return fetch_pixels


@cache
def make_fetch_grads(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return fetch_grads(fetched, grad_output, place, plane, kernels): of a window, or zeros.

    place is that of the first kernel's gradient, -1 for a window that is not there; the next
    kernel's is a plane further.
    """
    real, rows, depth = from_dtype(dtype), tile.rows, tile.depth
    grads, apart = count_fetched(tile, rows), tile.threads // depth

    @device_function
    def fetch_grads(fetched: Any, grad_output: Any, place: Any, plane: Any, kernels: Any) -> None:
        first = int64(cuda.blockIdx.y) * rows + int32(cuda.threadIdx.x) // depth
        for q in range(grads):
            # Rows beyond the last kernel are the last one again; nobody writes their results.
            o = min(first + q * apart, kernels - 1)
            grad = grad_output[uint64(max(place, 0) + o * plane)]
            fetched[q] = grad if place >= 0 else real(0)

    return fetch_grads


@cache
def make_read_taps(tile: Tile) -> Any:
    """Return read_taps(taps, table): fill taps (3, pixels) with those of a thread's columns."""
    columns, depth, apart = tile.columns, tile.depth, tile.threads // tile.depth
    pixels = count_fetched(tile, columns)

    @device_function
    def read_taps(taps: Any, table: Any) -> None:
        own = int64(uint32(cuda.threadIdx.x) // uint32(depth))
        for q in range(pixels):
            k = int64(cuda.blockIdx.x) * columns + own + q * apart
            for t in range(3):
                taps[t, q] = table[t, min(k, table.shape[1] - 1)]
            if k >= table.shape[1]:
                taps[1, q] = NOWHERE

    return read_taps


@cache
def make_fetch_pixels_of_taps(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return fetch_pixels(fetched, x, taps, window, size): what a thread's taps meet in a window.

    The taps are always the same, those that read_taps has read; the window is another one in each
    step: its row, its column and its place in memory.
    """
    real, pixels = from_dtype(dtype), count_fetched(tile, tile.columns)

    @device_function
    def fetch_pixels(fetched: Any, x: Any, taps: Any, window: Any, size: Any) -> None:
        row, column, place = window
        for q in range(pixels):
            inside = is_inside(row + int32(taps[1, q]), column + int32(taps[2, q]), size)
            # Fetched from somewhere in any case: a branch would wait for one pixel after the other.
            pixel = x[uint64(place + taps[0, q] if inside else 0)]
            fetched[q] = pixel if inside else real(0)

    return fetch_pixels


@cache
def make_store_along_depth(tile: Tile, first: int, length: int) -> Any:
    """Return store(room, buffer, fetched), for a matrix that lies in the room from first on."""
    depth, apart, numbers = tile.depth, tile.threads // tile.depth, count_fetched(tile, length)

    @device_function
    def store(room: Any, buffer: Any, fetched: Any) -> None:
        thread = uint32(cuda.threadIdx.x)
        k, own = thread % uint32(depth), thread // uint32(depth)
        for q in range(numbers):
            room[buffer, k, own + uint32(first + q * apart)] = fetched[q]

    return store


@cache
def make_store_along_columns(tile: Tile) -> Any:
    """Return store(room, buffer, fetched), for columns, which lie in the room behind the rows."""
    rows, columns, apart = tile.rows, tile.columns, tile.threads // tile.columns
    numbers = count_fetched(tile, columns)

    @device_function
    def store(room: Any, buffer: Any, fetched: Any) -> None:
        thread = uint32(cuda.threadIdx.x)
        k, column = thread // uint32(columns), uint32(rows) + thread % uint32(columns)
        for q in range(numbers):
            room[buffer, k + uint32(q * apart), column] = fetched[q]

    return store
