"""A convolution along a vector: a block loads its part of the vector and the weights once."""

from numba import cuda, float32

THREADS = 32
TAPS = 8
WIDTH = THREADS + TAPS - 1


@cuda.jit
def cuda_conv1d(out, x, weight):
    """Write the sum of x[i + u] * weight[u] over u into out[i]."""
    tile = cuda.shared.array(WIDTH, float32)
    taps = cuda.shared.array(TAPS, float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < x.size:
        tile[t] = x[i]
    if t < TAPS - 1 and i + THREADS < x.size:
        tile[t + THREADS] = x[i + THREADS]
    if t < weight.size:
        taps[t] = weight[t]
    cuda.syncthreads()
    if i < out.size:
        total = float32(0)
        for u in range(weight.size):
            total += tile[t + u] * taps[u]
        out[i] = total
