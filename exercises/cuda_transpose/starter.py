"""Exercise cuda_transpose: `grade show cuda_transpose` prints the task."""

from numba import cuda, float32  # noqa: F401

TILE = 32  # a block moves 32 · 32 elements
ROWS = 4  # with 32 · 4 threads


@cuda.jit
def cuda_transpose(out, a):
    """Write a[i, j] into out[j, i].

    Arguments:
        out: float32 array of shape (W, H), to be filled
        a: float32 array of shape (H, W)

    Block (x, y) of the grid has the tile of `a` whose first element is a[32 * y, 32 * x].

    Example: [[1, 2, 3], [4, 5, 6]] gives [[1, 4], [2, 5], [3, 6]].
    """
    raise NotImplementedError("cuda_transpose is not written yet")
