"""Exercise cuda_guard: `grade show cuda_guard` prints the task."""

from numba import cuda


@cuda.jit
def cuda_guard(out, a):
    """Write the elements of `a` into `out`, last one first.

    Arguments:
        out: float32 array of shape (n,), to be filled
        a: float32 array of shape (n,)

    Each thread moves one element. The blocks are one-dimensional and there are enough of them; the
    last one may have more threads than elements are left.

    Example: [1, 2, 3] gives [3, 2, 1].
    """
    raise NotImplementedError("cuda_guard is not written yet")
