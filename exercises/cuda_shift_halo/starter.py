"""Exercise cuda_shift_halo: `grade show cuda_shift_halo` prints the task."""

from numba import cuda, float32  # noqa: F401

THREADS = 32  # in every block
WIDTH = THREADS + 2  # what a block needs: its own elements and one more on each side


@cuda.jit
def cuda_shift_halo(out, a):
    """Write a[i - 1] + a[i] + a[i + 1] into out[i]; outside the vector is zero.

    Arguments:
        out: float32 array of shape (n,), to be filled
        a: float32 array of shape (n,)

    Example: [1, 2, 4] gives [3, 7, 6].
    """
    raise NotImplementedError("cuda_shift_halo is not written yet")
