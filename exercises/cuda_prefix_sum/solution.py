"""Running sums of blocks: in each step a thread adds what lies twice as far to its left."""

from numba import cuda, float32

THREADS = 32


@cuda.jit
def cuda_prefix_sum(out, a):
    """Write the sum of a block's elements up to i into out[i]."""
    tile = cuda.shared.array(THREADS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i] if i < a.size else float32(0)
    cuda.syncthreads()
    step = 1
    while step < THREADS:
        left = tile[t - step] if t >= step else float32(0)
        cuda.syncthreads()
        tile[t] += left
        cuda.syncthreads()
        step *= 2
    if i < a.size:
        out[i] = tile[t]
