"""Sums of blocks: half of the threads add to the other half, again and again."""

from numba import cuda, float32

THREADS = 32


@cuda.jit
def cuda_block_sum(out, a):
    """Write the sum of the elements of each block into out[block]."""
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]
