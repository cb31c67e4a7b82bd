"""A transpose by tiles: rows are read as rows, and written as rows."""

from numba import cuda, float32

TILE = 32
ROWS = 4  # threads of a block in y: each moves TILE // ROWS elements
WIDTH = TILE + 1  # one unused column puts the elements of a column into different banks


@cuda.jit
def cuda_transpose(out, a):
    """Write a[i, j] into out[j, i]."""
    tile = cuda.shared.array((TILE, WIDTH), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    top, left = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    for k in range(y, TILE, ROWS):
        if top + k < a.shape[0] and left + x < a.shape[1]:
            tile[k, x] = a[top + k, left + x]
    cuda.syncthreads()
    for k in range(y, TILE, ROWS):
        if left + k < out.shape[0] and top + x < out.shape[1]:
            out[left + k, top + x] = tile[x, k]
