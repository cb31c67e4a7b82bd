"""A vector turned round: one thread per element, whatever the number of blocks."""

from numba import cuda


@cuda.jit
def cuda_guard(out, a):
    """Write the elements of `a` into `out`, last one first."""
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < a.size:
        out[a.size - 1 - i] = a[i]
