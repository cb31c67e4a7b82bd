"""A dot product: each thread walks, each block adds up, one atomic addition a block."""

from numba import cuda, float32

THREADS = 32


@cuda.jit
def cuda_dot(out, a, b):
    """Add the dot product of `a` and `b` to out[0]."""
    tile = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    total = float32(0)
    for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
        total += a[i] * b[i]
    tile[t] = total
    cuda.syncthreads()
    half = THREADS // 2
    while half > 0:
        if t < half:
            tile[t] += tile[t + half]
        cuda.syncthreads()
        half //= 2
    if t == 0:
        cuda.atomic.add(out, 0, tile[0])
