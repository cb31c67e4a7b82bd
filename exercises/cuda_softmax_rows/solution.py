"""The softmax of rows: a block finds the largest number of its row, then the sum, then divides."""

import math

from numba import cuda, float32

THREADS = 32


@cuda.jit
def cuda_softmax_rows(out, x):
    """Write the softmax of each row of `x` into `out`; block b has row b."""
    tile = cuda.shared.array(THREADS, float32)
    row = cuda.blockIdx.x
    t = cuda.threadIdx.x
    largest = float32(-math.inf)
    for j in range(t, x.shape[1], THREADS):
        largest = max(largest, x[row, j])
    tile[t] = largest
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] = max(tile[t], tile[t + half])
        cuda.syncthreads()
        half //= 2
    largest = tile[0]
    cuda.syncthreads()
    total = float32(0)
    for j in range(t, x.shape[1], THREADS):
        total += math.exp(x[row, j] - largest)
    tile[t] = total
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    for j in range(t, x.shape[1], THREADS):
        out[row, j] = math.exp(x[row, j] - largest) / tile[0]
