"""Believable mistakes in cuda_map_2d; each docstring carries the hint that a student reads."""

from numba import cuda


@cuda.jit
def x_is_the_row(out, image):
    """Takes the first number of the grid for the first index of the array.

    Your x is the row. `cuda.grid(2)` gives x first, and x runs along a row: then neighbouring
    threads read neighbouring pixels. The array is indexed the other way round, as [row, column].
    """
    row, column = cuda.grid(2)
    if row < image.shape[0] and column < image.shape[1]:
        out[row, column] = 1 - image[row, column]


@cuda.jit
def columns_not_guarded(out, image):
    """Guards the rows alone.

    Threads beyond the right edge of the image read too: your guard looks at the row alone.
    """
    column, row = cuda.grid(2)
    if row < image.shape[0]:
        out[row, column] = 1 - image[row, column]


@cuda.jit
def rows_not_guarded(out, image):
    """Guards the columns alone.

    Threads below the last row of the image read too: your guard looks at the column alone.
    """
    column, row = cuda.grid(2)
    if column < image.shape[1]:
        out[row, column] = 1 - image[row, column]


@cuda.jit
def either_guard_is_enough(out, image):
    """Joins the two guards by `or`.

    Your guard lets a thread work when its row or its column is inside. Both have to be.
    """
    column, row = cuda.grid(2)
    if row < image.shape[0] or column < image.shape[1]:
        out[row, column] = 1 - image[row, column]


@cuda.jit
def guards_exchanged(out, image):
    """Compares the row with the width.

    You compare the row with the width and the column with the height, which is right for square
    images alone. shape[0] is how many rows there are.
    """
    column, row = cuda.grid(2)
    if row < image.shape[1] and column < image.shape[0]:
        out[row, column] = 1 - image[row, column]


@cuda.jit
def one_block_alone(out, image):
    """Forgets the blocks.

    All your blocks work on the same corner of the image: threadIdx begins at 0 in each of them.
    """
    column, row = cuda.threadIdx.x, cuda.threadIdx.y
    if row < image.shape[0] and column < image.shape[1]:
        out[row, column] = 1 - image[row, column]


@cuda.jit
def blocks_taken_as_square(out, image):
    """Multiplies both block indices by the width of a block.

    You multiply both block indices by blockDim.x. A block may be wider than it is high: rows take
    blockDim.y.
    """
    column = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    row = cuda.blockIdx.y * cuda.blockDim.x + cuda.threadIdx.y
    if row < image.shape[0] and column < image.shape[1]:
        out[row, column] = 1 - image[row, column]
