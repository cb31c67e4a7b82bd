"""Exercise cuda_broadcast: `grade show cuda_broadcast` prints the task."""

from numba import cuda


@cuda.jit
def cuda_broadcast(out, column, row):
    """Write column[i] + row[j] into out[i, j].

    Arguments:
        out: float32 array of shape (H, W), to be filled
        column: float32 array of shape (H,)
        row: float32 array of shape (W,)

    Blocks and grid are two-dimensional: x runs along a row of `out`, y from row to row.

    Example: the column [1, 2] and the row [10, 20, 30] give [[11, 21, 31], [12, 22, 32]].
    """
    raise NotImplementedError("cuda_broadcast is not written yet")
