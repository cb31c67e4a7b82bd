"""Exercise cuda_prefix_sum: `grade show cuda_prefix_sum` prints the task."""

from numba import cuda, float32  # noqa: F401

THREADS = 32  # in every block


@cuda.jit
def cuda_prefix_sum(out, a):
    """Write the sum of a block's elements up to i into out[i].

    Arguments:
        out: float32 array of shape (n,), to be filled
        a: float32 array of shape (n,); thread t of block b has the element b * 32 + t

    Each block begins at zero again.

    Example: [1, 2, 3] gives [1, 3, 6].
    """
    raise NotImplementedError("cuda_prefix_sum is not written yet")
