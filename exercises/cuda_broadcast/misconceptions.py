"""Believable mistakes in cuda_broadcast; each docstring carries the hint that a student reads."""

from numba import cuda


@cuda.jit
def column_and_row_exchanged(out, column, row):
    """Indexes the column along the row.

    Your column runs along the rows of the table. column[i] belongs to row i of `out`, wherever in
    the row the cell is.
    """
    j, i = cuda.grid(2)
    if i < row.size and j < column.size:
        out[i, j] = column[j] + row[i]


@cuda.jit
def x_is_the_row(out, column, row):
    """Takes the first number of the grid for the first index of the table.

    Your x goes from row to row. `cuda.grid(2)` gives x first, and x runs along a row of `out`: then
    neighbouring threads write neighbouring cells.
    """
    i, j = cuda.grid(2)
    if i < column.size and j < row.size:
        out[i, j] = column[i] + row[j]


@cuda.jit
def row_not_guarded(out, column, row):
    """Guards the column alone.

    Threads beyond the end of the row read too: your guard looks at the column alone.
    """
    j, i = cuda.grid(2)
    if i < column.size:
        out[i, j] = column[i] + row[j]


@cuda.jit
def column_not_guarded(out, column, row):
    """Guards the row alone.

    Threads beyond the end of the column read too: your guard looks at the row alone.
    """
    j, i = cuda.grid(2)
    if j < row.size:
        out[i, j] = column[i] + row[j]


@cuda.jit
def one_index_for_both(out, column, row):
    """Adds element by element, as if both had the same direction.

    You use one index for both vectors, so every column of the table is the same. A cell has two
    indices: one for the column, one for the row.
    """
    j, i = cuda.grid(2)
    if i < column.size and j < row.size:
        out[i, j] = column[i] + row[i % row.size]


@cuda.jit
def only_the_diagonal(out, column, row):
    """Lets one thread per element of a vector work.

    Only the diagonal of your table is written. Every pair of an element of the column and one of
    the row has a cell.
    """
    j, i = cuda.grid(2)
    if i < column.size and j < row.size and i == j:
        out[i, j] = column[i] + row[j]


@cuda.jit
def one_block_alone(out, column, row):
    """Forgets the blocks.

    All your blocks fill the same corner of the table: threadIdx begins at 0 in each of them.
    """
    j, i = cuda.threadIdx.x, cuda.threadIdx.y
    if i < column.size and j < row.size:
        out[i, j] = column[i] + row[j]
