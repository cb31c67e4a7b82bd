"""A histogram: each block counts in shared memory, then adds its counts to all."""

from numba import cuda, int32

BINS = 8


@cuda.jit
def cuda_histogram(counts, values):
    """Add to counts[v] how often v is among the values."""
    tile = cuda.shared.array(BINS, int32)
    t = cuda.threadIdx.x
    if t < BINS:
        tile[t] = 0
    cuda.syncthreads()
    for i in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        v = values[i]
        if 0 <= v < BINS:
            cuda.atomic.add(tile, v, 1)
    cuda.syncthreads()
    if t < BINS:
        cuda.atomic.add(counts, t, tile[t])
