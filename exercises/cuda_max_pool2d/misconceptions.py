"""Believable mistakes in cuda_max_pool2d; each docstring carries the hint that a student reads."""

from numba import cuda, float32


@cuda.jit
def largest_starts_at_zero(out, x, kernel_size, stride):
    """Starts the search for the largest number at zero.

    Your search starts at zero, so a window of negative numbers gives 0. What is the first number
    that you have seen of a window?
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        top, left = row * stride, column * stride
        largest = float32(0)
        for u in range(kernel_size):
            for v in range(kernel_size):
                largest = max(largest, x[top + u, left + v])
        out[row, column] = largest


@cuda.jit
def stride_forgotten(out, x, kernel_size, stride):
    """Begins each window where its result will lie.

    Your windows lie one pixel apart whatever the stride. The window of out[i, j] begins at
    x[i * stride, j * stride].
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        largest = x[row, column]
        for u in range(kernel_size):
            for v in range(kernel_size):
                largest = max(largest, x[row + u, column + v])
        out[row, column] = largest


@cuda.jit
def windows_side_by_side(out, x, kernel_size, stride):
    """Moves the window by its own size.

    Your windows lie side by side, as if the stride were always the size of the window. They may
    overlap, or leave pixels out.
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        top, left = row * kernel_size, column * kernel_size
        largest = x[top, left]
        for u in range(kernel_size):
            for v in range(kernel_size):
                largest = max(largest, x[top + u, left + v])
        out[row, column] = largest


@cuda.jit
def guard_of_the_map(out, x, kernel_size, stride):
    """Compares with the shape of the map.

    Your guard compares the place in `out` with the shape of the map, which is larger. A thread has
    work when its place lies inside `out`.
    """
    column, row = cuda.grid(2)
    if row < x.shape[0] and column < x.shape[1]:
        top, left = row * stride, column * stride
        largest = x[top, left]
        for u in range(kernel_size):
            for v in range(kernel_size):
                largest = max(largest, x[top + u, left + v])
        out[row, column] = largest


@cuda.jit
def window_one_too_large(out, x, kernel_size, stride):
    """Counts from 0 to kernel_size.

    Your window has a row and a column too many: it reaches from 0 to kernel_size - 1.

    No case passes: a window that is one too large leaves the map, or finds a larger number.
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        top, left = row * stride, column * stride
        largest = x[top, left]
        for u in range(kernel_size + 1):
            for v in range(kernel_size + 1):
                largest = max(largest, x[top + u, left + v])
        out[row, column] = largest


@cuda.jit
def x_is_the_row(out, x, kernel_size, stride):
    """Takes the first number of the grid for the row.

    Your x is the row. `cuda.grid(2)` gives x first, and the launch lets x run along a row of `out`.
    """
    row, column = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        top, left = row * stride, column * stride
        largest = x[top, left]
        for u in range(kernel_size):
            for v in range(kernel_size):
                largest = max(largest, x[top + u, left + v])
        out[row, column] = largest


@cuda.jit
def average_instead_of_maximum(out, x, kernel_size, stride):
    """Computes average pooling.

    You average the window. Max pooling keeps its largest number alone.
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        top, left = row * stride, column * stride
        total = float32(0)
        for u in range(kernel_size):
            for v in range(kernel_size):
                total += x[top + u, left + v]
        out[row, column] = total / (kernel_size * kernel_size)


@cuda.jit
def largest_kept_in_global_memory(out, x, kernel_size, stride):
    """Compares with out[row, column] again and again.

    Your result is right, but you keep the largest number so far in `out`, in global memory, and
    write it once for every pixel of the window. Keep it in a variable, and write it at the end.
    """
    column, row = cuda.grid(2)
    if row < out.shape[0] and column < out.shape[1]:
        top, left = row * stride, column * stride
        for u in range(kernel_size):
            for v in range(kernel_size):
                pixel = x[top + u, left + v]
                is_first = u == 0 and v == 0
                out[row, column] = pixel if is_first else max(out[row, column], pixel)
