"""Exercise cuda_warp_sum: `grade show cuda_warp_sum` prints the task."""

from numba import cuda, float32  # noqa: F401

WARP = 32  # threads, which run together
ALL_LANES = 0xFFFFFFFF  # one bit for each of them


@cuda.jit
def cuda_warp_sum(out, a):
    """Write the sum of the elements of each warp into out[warp].

    Arguments:
        out: float32 array, one element for each 32 elements of `a` or part of them, to be filled
        a: float32 array of shape (n,)

    Example: the vector [1, 2, 3] and one warp give [6].
    """
    raise NotImplementedError("cuda_warp_sum is not written yet")
