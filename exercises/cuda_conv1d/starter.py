"""Exercise cuda_conv1d: `grade show cuda_conv1d` prints the task."""

from numba import cuda, float32  # noqa: F401

THREADS = 32  # in every block
TAPS = 8  # more weights there are never
WIDTH = THREADS + TAPS - 1  # what the windows of a block cover


@cuda.jit
def cuda_conv1d(out, x, weight):
    """Write the sum of x[i + u] * weight[u] over u into out[i].

    Arguments:
        out: float32 array of shape (n - k + 1,), to be filled
        x: float32 array of shape (n,)
        weight: float32 array of shape (k,), k from 1 to 8

    Example: x = [2, 0, 1, 3] and weight = [1, 2] give [2, 2, 7].
    """
    raise NotImplementedError("cuda_conv1d is not written yet")
