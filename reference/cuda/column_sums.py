"""The sum of each column of a matrix, of short sums, always in the same order.

A block takes 32 columns, so that its warps read whole lines of memory, and a slice of the rows, of
which each warp takes every eighth. The sums of the slices are a matrix again, with fewer rows: that
is repeated until one row is left. No float32 is the sum of more than 32 others in a row, so that
errors hardly grow with the number of rows.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numba import float32, float64, from_dtype

from reference.cuda.proof import Proof
from reference.cuda.target import IS_SIMULATED, cuda, kernel

WIDTH, WARPS = (8, 4) if IS_SIMULATED else (32, 8)
THREADS = WIDTH * WARPS
SLICE = 4 * WARPS if IS_SIMULATED else 32 * WARPS
MOST_SLICES = 65535  # what the second axis of a grid may have


def add_columns(out: Any, matrix: Any) -> None:
    """Fill out (J,) with the sums of the columns of matrix (N, J), both on the device."""
    columns = matrix.shape[1]
    if columns == 0:
        return
    add = make_add_slices(np.dtype(out.dtype))
    blocks = -(-columns // WIDTH)
    while len(matrix) > SLICE:
        slices = min(-(-len(matrix) // SLICE), MOST_SLICES)
        sums = cuda.device_array((slices, columns), out.dtype)
        add[(blocks, slices), THREADS](sums, matrix)
        matrix = sums
    add[(blocks, 1), THREADS](out.reshape(1, columns), matrix)


@cache
def make_add_slices(dtype: np.dtype[Any]) -> Any:
    """Return a kernel that fills sums (S, J) with those of S slices of the rows of matrix."""
    real, shape = from_dtype(dtype), (WARPS, WIDTH)
    zero = real(0)

    @kernel
    def add_slices(sums: Any, matrix: Any) -> None:
        room = cuda.shared.array(shape, real)
        warp, lane = cuda.threadIdx.x // WIDTH, cuda.threadIdx.x % WIDTH
        column, part = cuda.blockIdx.x * WIDTH + lane, cuda.blockIdx.y
        size = (matrix.shape[0] + sums.shape[0] - 1) // sums.shape[0]
        first = part * size
        end = min(first + size, matrix.shape[0])
        total = zero
        if column < sums.shape[1]:
            for n in range(first + warp, end, WARPS):
                total += matrix[n, column]
        room[warp, lane] = total
        cuda.syncthreads()
        if warp == 0 and column < sums.shape[1]:
            for other in range(1, WARPS):
                total += room[other, lane]
            sums[part, column] = total

    return add_slices


def proofs() -> Iterator[Proof]:
    """Yield every kernel that is launched here."""
    for real in (float32, float64):
        dtype = np.dtype(real.name)
        matrix = real[:, ::1]
        yield Proof("column sums", make_add_slices(dtype), (matrix, matrix))
