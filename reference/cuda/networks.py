"""Dense layers on the GPU: products of matrices, tile by tile, added up in the arrays' dtype.

A gradient of the weights is a sum over all samples of a batch. It is cut into slices: blocks work
on them at once, and of float32 the sums stay short. Then the slices are added up, in their order.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype, int64

from reference.arguments import FloatArray
from reference.cuda.column_sums import add_columns
from reference.cuda.products import (
    Tile,
    choose_tile,
    list_tiles,
    make_add_product,
    make_clear,
    make_places,
)
from reference.cuda.proof import Proof
from reference.cuda.staging import Stage
from reference.cuda.target import IS_SIMULATED, cuda, kernel

SLICE = 16 if IS_SIMULATED else 1024  # samples
MOST_SLICES = 64
# What is multiplied: x @ weight, grad @ weight.T and x.T @ grad.
PLAIN, WITH_TURNED, TURNED_WITH = (False, False), (False, True), (True, False)


def dense(out: FloatArray, x: FloatArray, weight: FloatArray, bias: FloatArray) -> None:
    """Fill out (N, J) with x (N, I) @ weight (I, J) + bias (J,)."""
    if out.size == 0:
        return
    tile = choose_tile(list_tiles(out.dtype), *out.shape)
    with Stage() as stage:
        arrays = stage.write(out), stage.read(x), stage.read(weight), stage.read(bias)
        make_dense(out.dtype, tile)[tile.count_blocks(*out.shape), tile.threads](*arrays)


def dense_backward(
    grad_x: FloatArray,
    grad_weight: FloatArray,
    grad_bias: FloatArray,
    grad_output: FloatArray,
    x: FloatArray,
    weight: FloatArray,
) -> None:
    """Fill grad_x (N, I), grad_weight (I, J) and grad_bias (J,) from grad_output (N, J)."""
    slices = min(max(1, -(-len(x) // SLICE)), MOST_SLICES)
    with Stage() as stage:
        grad, rows, columns = (stage.read(array) for array in (grad_output, x, weight))
        _multiply(stage.write(grad_x.reshape(1, *grad_x.shape)), grad, columns, WITH_TURNED)
        sums = cuda.device_array((slices, *grad_weight.shape), grad_weight.dtype)
        _multiply(sums, rows, grad, TURNED_WITH)
        add_columns(stage.write(grad_weight.reshape(-1)), sums.reshape(slices, grad_weight.size))
        add_columns(stage.write(grad_bias), grad)


def _multiply(out: Any, a: Any, b: Any, turned: tuple[bool, bool]) -> None:
    """Fill out (S, rows, columns) with products, each of a slice of the inner axis."""
    if out.size == 0:
        return
    slices, rows, columns = out.shape
    tile = choose_tile(list_tiles(out.dtype), rows, columns)
    grid = (*tile.count_blocks(rows, columns), slices)
    inner = a.shape[0] if turned[0] else a.shape[1]
    make_products(np.dtype(out.dtype), tile, turned)[grid, tile.threads](out, a, b, inner)


@cache
def make_dense(dtype: np.dtype[Any], tile: Tile) -> Any:
    """Return a kernel that fills out (N, J) with x @ weight + bias."""
    clear, add_product = make_clear(dtype, tile, 1), make_add_product(dtype, tile)
    (row_of, column_of), shape = make_places(tile), (1, tile.high, tile.wide)
    real, (rows, columns, _, high, wide) = from_dtype(dtype), tile

    @kernel
    def multiply_and_add(out: Any, x: Any, weight: Any, bias: Any) -> None:
        total = cuda.local.array(shape, real)
        clear(total)
        add_product(total, x, weight, out.shape[1], 0, x.shape[1])
        for i in range(high):
            for j in range(wide):
                n = cuda.blockIdx.x * rows + row_of(i)
                k = cuda.blockIdx.y * columns + column_of(j)
                if n < out.shape[0] and k < out.shape[1]:
                    out[n, k] = total[0, i, j] + bias[k]

    return multiply_and_add


@cache
def make_products(dtype: np.dtype[Any], tile: Tile, turned: tuple[bool, bool]) -> Any:
    """Return a kernel that fills out (S, rows, columns) with the products of S slices."""
    a_is_turned, b_is_turned = turned
    add_product = make_add_product(dtype, tile, a_is_turned=a_is_turned, b_is_turned=b_is_turned)
    clear, shape = make_clear(dtype, tile, 1), (1, tile.high, tile.wide)
    row_of, column_of = make_places(tile)
    real, (rows, columns, _, high, wide) = from_dtype(dtype), tile

    @kernel
    def multiply(out: Any, a: Any, b: Any, inner: Any) -> None:
        total, part = cuda.local.array(shape, real), cuda.blockIdx.z
        clear(total)
        size = (inner + out.shape[0] - 1) // out.shape[0]
        end = min((part + 1) * size, inner)
        add_product(total, a, b, out.shape[2], part * size, end)
        for i in range(high):
            for j in range(wide):
                n = cuda.blockIdx.x * rows + row_of(i)
                k = cuda.blockIdx.y * columns + column_of(j)
                if n < out.shape[1] and k < out.shape[2]:
                    out[part, n, k] = total[0, i, j]

    return multiply


def proofs() -> Iterator[Proof]:
    """Yield every kernel that is launched here, with each tile that may be chosen."""
    for real in (float32, float64):
        dtype = np.dtype(real.name)
        matrix, parts = real[:, ::1], real[:, :, ::1]
        for tile in list_tiles(dtype):
            size = f"{tile.rows}x{tile.columns}"
            yield Proof(f"dense {size}", make_dense(dtype, tile), (matrix,) * 3 + (real[::1],))
            for name, turned in (("grad_x", WITH_TURNED), ("grad_weight", TURNED_WITH)):
                multiply = make_products(dtype, tile, turned)
                yield Proof(f"dense {name} {size}", multiply, (parts, matrix, matrix, int64))
