"""Sums of three neighbours: a block loads its elements and one more on each side, once."""

from numba import cuda, float32

THREADS = 32
WIDTH = THREADS + 2


@cuda.jit
def cuda_shift_halo(out, a):
    """Write a[i - 1] + a[i] + a[i + 1] into out[i]; outside the vector is zero."""
    tile = cuda.shared.array(WIDTH, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t + 1] = a[i] if i < a.size else float32(0)
    if t == 0:
        tile[0] = a[i - 1] if 0 < i <= a.size else float32(0)
    if t == THREADS - 1:
        tile[t + 2] = a[i + 1] if i + 1 < a.size else float32(0)
    cuda.syncthreads()
    if i < a.size:
        out[i] = tile[t] + tile[t + 1] + tile[t + 2]
