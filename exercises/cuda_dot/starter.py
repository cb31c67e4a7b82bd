"""Exercise cuda_dot: `grade show cuda_dot` prints the task."""

from numba import cuda, float32  # noqa: F401

THREADS = 32  # in every block


@cuda.jit
def cuda_dot(out, a, b):
    """Add the dot product of `a` and `b` to out[0].

    Arguments:
        out: float32 array of shape (1,); it holds 0
        a: float32 array of shape (n,)
        b: float32 array of shape (n,)

    There may be fewer threads than elements: a thread takes every element that lies a whole grid
    after its last one.

    Example: [1, 2, 3] and [4, 5, 6] give [32].
    """
    raise NotImplementedError("cuda_dot is not written yet")
