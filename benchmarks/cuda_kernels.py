"""Five functions for a GPU as a course writes them; they run in any simulator, and on a GPU.

Imported with Numba's `cuda` in one process and with that of `grader.simulator` in another.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import cuda, float32

TILE = 16
BLOCK = 256
ROW = 128


@cuda.jit
def vector_add(out, x, y):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = x[i] + y[i]


@cuda.jit
def correlate(out, x, weight):
    row, column = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        total = float32(0)
        for i in range(weight.shape[0]):
            for j in range(weight.shape[1]):
                total += x[row + i, column + j] * weight[i, j]
        out[row, column] = total


@cuda.jit
def tiled_product(out, a, b):
    a_tile = cuda.shared.array((TILE, TILE), float32)
    b_tile = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    tx = cuda.threadIdx.x
    ty = cuda.threadIdx.y
    total = float32(0)
    for tile in range(a.shape[1] // TILE):
        a_tile[ty, tx] = a[row, tile * TILE + tx]
        b_tile[ty, tx] = b[tile * TILE + ty, column]
        cuda.syncthreads()
        for k in range(TILE):
            total += a_tile[ty, k] * b_tile[k, tx]
        cuda.syncthreads()
    out[row, column] = total


@cuda.jit
def block_sum(out, x):
    part = cuda.shared.array(BLOCK, float32)
    i = cuda.threadIdx.x
    part[i] = x[cuda.grid(1)]
    cuda.syncthreads()
    half = BLOCK // 2
    while half > 0:
        if i < half:
            part[i] += part[i + half]
        cuda.syncthreads()
        half //= 2
    if i == 0:
        out[cuda.blockIdx.x] = part[0]


@cuda.jit
def softmax_rows(out, x):
    part = cuda.shared.array(ROW, float32)
    row = cuda.blockIdx.x
    i = cuda.threadIdx.x
    part[i] = x[row, i]
    cuda.syncthreads()
    half = ROW // 2
    while half > 0:
        if i < half and part[i + half] > part[i]:
            part[i] = part[i + half]
        cuda.syncthreads()
        half //= 2
    power = math.exp(x[row, i] - part[0])
    cuda.syncthreads()
    part[i] = power
    cuda.syncthreads()
    half = ROW // 2
    while half > 0:
        if i < half:
            part[i] += part[i + half]
        cuda.syncthreads()
        half //= 2
    out[row, i] = power / part[0]


class Row(NamedTuple):
    """One launch, with the answer."""

    name: str
    function: Any
    grid: Any
    block: Any
    arguments: tuple[np.ndarray, ...]
    expected: Callable[..., np.ndarray]


def rows() -> list[Row]:
    """Return the five launches, on numbers from a seed."""
    draw = np.random.default_rng(8)

    def numbers(*shape: int) -> np.ndarray:
        return draw.standard_normal(shape).astype(np.float32)

    def windows(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return np.einsum(
            "abij,ij->ab", np.lib.stride_tricks.sliding_window_view(x, weight.shape), weight
        )

    def softmax(x: np.ndarray) -> np.ndarray:
        powers = np.exp(x - x.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    vectors = (np.zeros(1024, np.float32), numbers(1024), numbers(1024))
    pictures = (np.zeros((64, 64), np.float32), numbers(66, 66), numbers(3, 3))
    matrices = (np.zeros((64, 64), np.float32), numbers(64, 64), numbers(64, 64))
    sums = (np.zeros(4, np.float32), numbers(1024))
    scores = (np.zeros((8, ROW), np.float32), numbers(8, ROW))
    return [
        Row("vector add 1024, 8 blocks of 128", vector_add, 8, 128, vectors, lambda x, y: x + y),
        Row("conv2d 64x64, 3x3", correlate, (4, 4), (16, 16), pictures, windows),
        Row("tiled product 64x64, shared", tiled_product, (4, 4), (16, 16), matrices, np.matmul),
        Row("block sum, 4 of 256", block_sum, 4, 256, sums, lambda x: x.reshape(4, -1).sum(axis=1)),
        Row("softmax, 8 rows of 128", softmax_rows, 8, ROW, scores, softmax),
    ]
