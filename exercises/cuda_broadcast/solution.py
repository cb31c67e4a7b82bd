"""A table of sums: one thread per cell."""

from numba import cuda


@cuda.jit
def cuda_broadcast(out, column, row):
    """Write column[i] + row[j] into out[i, j]."""
    j, i = cuda.grid(2)
    if i < column.size and j < row.size:
        out[i, j] = column[i] + row[j]
