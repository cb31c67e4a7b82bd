"""A map: each thread takes one element, and the threads past the end take none."""

from numba import cuda, float32


@cuda.jit
def cuda_map(out, a):
    """Put a[i] + 10 into out[i]."""
    i = cuda.grid(1)
    if i < out.size:
        out[i] = a[i] + float32(10)
