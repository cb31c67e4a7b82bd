"""Exercise cuda_matmul_tiled: `grade show cuda_matmul_tiled` prints the task."""

from numba import cuda, float32  # noqa: F401

TILE = 8  # a block has 8 · 8 threads


@cuda.jit
def cuda_matmul_tiled(out, a, b):
    """Write the matrix product of `a` and `b` into `out`.

    Arguments:
        out: float32 array of shape (n, m), to be filled
        a: float32 array of shape (n, inner)
        b: float32 array of shape (inner, m)

    Example: [[1, 2]] and [[3], [4]] give [[11]].
    """
    raise NotImplementedError("cuda_matmul_tiled is not written yet")
