"""A matrix product by tiles: a block loads 8 by 8 numbers of each matrix at a time."""

from numba import cuda, float32

TILE = 8


@cuda.jit
def cuda_matmul_tiled(out, a, b):
    """Write the matrix product of `a` and `b` into `out`."""
    rows_of_a = cuda.shared.array((TILE, TILE), float32)
    columns_of_b = cuda.shared.array((TILE, TILE), float32)
    column, row = cuda.grid(2)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    total = float32(0)
    for start in range(0, a.shape[1], TILE):
        in_a = row < a.shape[0] and start + x < a.shape[1]
        in_b = start + y < b.shape[0] and column < b.shape[1]
        rows_of_a[y, x] = a[row, start + x] if in_a else float32(0)
        columns_of_b[y, x] = b[start + y, column] if in_b else float32(0)
        cuda.syncthreads()
        for k in range(TILE):
            total += rows_of_a[y, k] * columns_of_b[k, x]
        cuda.syncthreads()
    if row < out.shape[0] and column < out.shape[1]:
        out[row, column] = total
