"""Believable mistakes in conv_matrix; each docstring carries the hint that a student reads."""

import numpy as np


def _size(input_size, kernel_shape, stride, padding):
    """Correct: how many windows fit, down and across."""
    return [
        (size + 2 * added - kernel) // stride + 1
        for size, kernel, added in zip(input_size, kernel_shape, padding, strict=True)
    ]


def _taps(weight, out_size, stride, padding):
    """Correct: the window, and the row, column and weight of each tap; some lie in the padding."""
    for i, j in np.ndindex(*out_size):
        for u, v in np.ndindex(*weight.shape):
            yield (i, j), i * stride + u - padding[0], j * stride + v - padding[1], weight[u, v]


def _matrix(weight, input_size, stride, padding, out_size=None, pixel=None):
    """Correct, but for the number of windows or the number of a pixel, if they are given."""
    height, width = input_size
    out_size = out_size or _size(input_size, weight.shape, stride, padding)
    matrix = np.zeros((*out_size, height * width), dtype=weight.dtype)
    for window, row, column, value in _taps(weight, out_size, stride, padding):
        if 0 <= row < height and 0 <= column < width:
            matrix[(*window, pixel(row, column) if pixel else row * width + column)] = value
    return matrix.reshape(-1, height * width)


def kernel_flipped(weight, input_size, stride=1, padding=(0, 0)):
    """Turns the kernel by 180 degrees, as the mathematical convolution does.

    Your kernel is flipped: its last weight meets the first pixel of the window. Deep learning
    lays the kernel down as it is.
    """
    return _matrix(weight[::-1, ::-1], input_size, stride, padding)


def matrix_transposed(weight, input_size, stride=1, padding=(0, 0)):
    """Gives a row to each pixel and a column to each window.

    Your rows and columns are exchanged. The matrix is multiplied from the left, M times image:
    how many numbers must one of its rows have?
    """
    return _matrix(weight, input_size, stride, padding).T


def pixels_counted_down_the_columns(weight, input_size, stride=1, padding=(0, 0)):
    """Numbers the pixels column by column.

    You number the pixels from top to bottom. The image is read row by row: which pixel comes
    after the first, the one to its right or the one below?
    """
    height = input_size[0]
    return _matrix(
        weight, input_size, stride, padding, pixel=lambda row, column: column * height + row
    )


def rows_of_the_image_counted_by_its_height(weight, input_size, stride=1, padding=(0, 0)):
    """Jumps by the height of the image from one row to the next.

    From one row of the image to the next you jump by its height, which is right for square images
    alone. How many pixels lie between a pixel and the one below it?
    """
    height, width = input_size
    matrix = np.zeros((len(_matrix(weight, input_size, stride, padding)), height * width))
    out_size = _size(input_size, weight.shape, stride, padding)
    for (i, j), row, column, value in _taps(weight, out_size, stride, padding):
        if 0 <= row < height and 0 <= column < width:
            matrix[i * out_size[1] + j, row * height + column] = value  # may be an IndexError
    return matrix


def every_row_moves_by_one_step(weight, input_size, stride=1, padding=(0, 0)):
    """Moves each row of the matrix by the stride against the row before it, line ends included.

    Each of your rows is the one before it, moved by one step. At the end of a line the window
    jumps: it goes back to the left and down, and that is more than one step.
    """
    height, width = (size + 2 * added for size, added in zip(input_size, padding, strict=True))
    out_height, out_width = _size(input_size, weight.shape, stride, padding)
    matrix = np.zeros((out_height * out_width, height * width), dtype=weight.dtype)
    for window in range(len(matrix)):
        for u, v in np.ndindex(*weight.shape):
            pixel = window * stride + u * width + v
            if pixel < height * width:
                matrix[window, pixel] = weight[u, v]
    image = np.arange(height * width).reshape(height, width)
    inside = image[padding[0] : height - padding[0], padding[1] : width - padding[1]]
    return matrix[:, inside.reshape(-1)]


def padding_gets_columns(weight, input_size, stride=1, padding=(0, 0)):
    """Makes the matrix of the padded image.

    Your matrix has columns for the padding. It will be multiplied by the image as it is, so there
    is a column for each pixel of the image alone.
    """
    padded = [size + 2 * added for size, added in zip(input_size, padding, strict=True)]
    return _matrix(weight, padded, stride, (0, 0))


def padding_runs_into_the_next_row(weight, input_size, stride=1, padding=(0, 0)):
    """Lets a weight beside the image fall on the pixel at the other end of a neighbouring row.

    A weight that lies left or right of the image must meet no pixel at all. Yours meets the end
    of the row above or the start of the row below: is row · width + column enough to tell whether
    a place is inside?
    """
    height, width = input_size
    out_size = _size(input_size, weight.shape, stride, padding)
    matrix = np.zeros((*out_size, height * width), dtype=weight.dtype)
    for window, row, column, value in _taps(weight, out_size, stride, padding):
        if 0 <= row * width + column < height * width:
            matrix[(*window, row * width + column)] = value
    return matrix.reshape(-1, height * width)


def padding_ignored(weight, input_size, stride=1, padding=(0, 0)):
    """Lays the windows on the image without its padding.

    Your answer does not change with the padding. It has no columns, but it makes room for more
    windows, and each of them is a row.
    """
    return _matrix(weight, input_size, stride, (0, 0))


def padding_read_as_horizontal_first(weight, input_size, stride=1, padding=(0, 0)):
    """Exchanges the two numbers of the padding.

    The two numbers of your padding are exchanged. The first is for rows, above and below; the
    second for columns, left and right.
    """
    return _matrix(weight, input_size, stride, padding[::-1])


def stride_ignored(weight, input_size, stride=1, padding=(0, 0)):
    """Moves the window by one pixel whatever the stride.

    Your window moves one pixel at a time. Which pixels does the second window meet when the
    stride is 2?
    """
    return _matrix(weight, input_size, 1, padding)


def stride_across_only(weight, input_size, stride=1, padding=(0, 0)):
    """Uses the stride from left to right alone.

    Your window moves by the stride to the right, but by one pixel down. It has the same stride in
    both directions.
    """
    out_size = (
        _size(input_size, weight.shape, 1, padding)[0],
        _size(input_size, weight.shape, stride, padding)[1],
    )
    every_row = _matrix(weight, input_size, 1, padding)
    windows_across = _size(input_size, weight.shape, 1, padding)[1]
    by_row = every_row.reshape(out_size[0], windows_across, -1)
    return by_row[:, : out_size[1] * stride : stride].reshape(-1, every_row.shape[1])
