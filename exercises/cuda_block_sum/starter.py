"""Exercise cuda_block_sum: `grade show cuda_block_sum` prints the task."""

from numba import cuda, float32  # noqa: F401

THREADS = 32  # in every block


@cuda.jit
def cuda_block_sum(out, a):
    """Write the sum of the elements of each block into out[block].

    Arguments:
        out: float32 array, one element for each block, to be filled
        a: float32 array of shape (n,); thread t of block b has the element b * 32 + t

    Example: the vector [1, 2, 3] and one block give [6].
    """
    raise NotImplementedError("cuda_block_sum is not written yet")
