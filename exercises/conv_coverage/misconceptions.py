"""Believable mistakes in conv_coverage; each docstring carries the hint that a student reads."""

import numpy as np


def _windows_that_fit(size, kernel_size, stride):
    return (size - kernel_size) // stride + 1


def _axis(size, kernel_size, stride=1, padding=0, count=None, after=None):
    """Correct: how many windows see each place of one axis."""
    after = padding if after is None else after
    if count is None:
        count = _windows_that_fit(padding + size + after, kernel_size, stride)
    seen = np.zeros(padding + size + after, dtype=int)
    for start in range(0, count * stride, stride):
        seen[start : start + kernel_size] += 1
    return seen[padding : padding + size]


def _both(input_size, *arguments, **keywords):
    """Correct: each mistake below changes an argument, or how the two axes are put together."""
    rows, columns = (_axis(size, *arguments, **keywords) for size in input_size)
    return np.outer(rows, columns)


def stride_ignored(input_size, kernel_size, stride=1, padding=0):
    """Moves the window by one pixel whatever the stride.

    Your window moves one pixel at a time. Where does the second window of a row begin when the
    stride is 2?
    """
    return _both(input_size, kernel_size, 1, padding)


def padding_ignored(input_size, kernel_size, stride=1, padding=0):
    """Lays the windows on the image without its padding.

    Your answer does not change with the padding. Padding lets windows hang over the border of the
    image, so there are more of them, and the first one begins outside the image.
    """
    return _both(input_size, kernel_size, stride, 0)


def answer_with_the_padding(input_size, kernel_size, stride=1, padding=0):
    """Returns the counts of the padded image.

    Your answer is as large as the padded image. The counts are asked for the pixels of the image
    alone.
    """
    return _both([size + 2 * padding for size in input_size], kernel_size, stride, 0)


def padding_cut_off_from_the_end(input_size, kernel_size, stride=1, padding=0):
    """Cuts the border off with [padding:-padding], which leaves nothing for padding 0.

    Without padding your answer is empty. In Python -0 is 0, so a slice that should end "0 before
    the end" ends before the first pixel: at which row does the image end, counted from the start?
    """
    padded = [size + 2 * padding for size in input_size]
    return _both(padded, kernel_size, stride, 0)[padding:-padding, padding:-padding]


def padding_on_top_and_left_only(input_size, kernel_size, stride=1, padding=0):
    """Pads two of the four sides.

    Your padding stands at the top and at the left alone. All four sides get it, so height and
    width each grow by two times `padding`.
    """
    return _both(input_size, kernel_size, stride, padding, after=0)


def output_size_without_padding(input_size, kernel_size, stride=1, padding=0):
    """Starts in the padding, but lays only as many windows as fit into the bare image.

    Your first window begins in the padding, but your number of windows still comes from the image
    without it. Which height and width do the windows slide over?
    """
    rows, columns = (
        _axis(
            size, kernel_size, stride, padding, max(_windows_that_fit(size, kernel_size, stride), 0)
        )
        for size in input_size
    )
    return np.outer(rows, columns)


def a_window_on_every_pixel(input_size, kernel_size, stride=1, padding=0):
    """Centres a window on every pixel, as with "same" padding.

    You lay a window around every pixel. That is so for one particular padding and for stride 1:
    here `padding` and `stride` say where the windows stand.
    """
    before = (kernel_size - 1) // 2
    return _both(input_size, kernel_size, 1, before, after=kernel_size - 1 - before)


def every_pixel_like_the_centre(input_size, kernel_size, stride=1, padding=0):
    """Gives each pixel as many windows as the kernel has weights.

    You give every pixel the count of a pixel in the middle, one window for each weight of the
    kernel. Lay the first window down with your finger: in how many others does the corner lie?
    """
    return np.full(input_size, kernel_size**2)


def seen_or_not(input_size, kernel_size, stride=1, padding=0):
    """Marks the pixels that are seen, instead of counting the windows.

    You mark which pixels are seen at all. A pixel where several windows overlap counts once for
    each of them.
    """
    return np.minimum(_both(input_size, kernel_size, stride, padding), 1)


def rows_and_columns_added(input_size, kernel_size, stride=1, padding=0):
    """Adds the counts of the two directions.

    You add the windows that see the row to those that see the column. Two places down and three
    across are how many windows?
    """
    rows, columns = (_axis(size, kernel_size, stride, padding) for size in input_size)
    return rows[:, np.newaxis] + columns


def last_partial_window_kept(input_size, kernel_size, stride=1, padding=0):
    """Rounds the number of windows up: one that hangs over the end still counts.

    You count a last window that hangs over the end of the padded image. Only windows that fit
    wholly count, so pixels at the end may lie in none.
    """
    rows, columns = (
        _axis(
            size, kernel_size, stride, padding, -((kernel_size - size - 2 * padding) // stride) + 1
        )
        for size in input_size
    )
    return np.outer(rows, columns)


def height_and_width_swapped(input_size, kernel_size, stride=1, padding=0):
    """Reads the size of the image as (width, height).

    Your height and width are exchanged, which shows as soon as an image is not square. Rows come
    before columns.
    """
    return _both(input_size[::-1], kernel_size, stride, padding)


def image_taken_as_square(input_size, kernel_size, stride=1, padding=0):
    """Uses the number of windows down for the windows across too.

    Your code lays as many windows across as down, so it is right for square images alone. The two
    directions are counted separately.
    """
    height, width = input_size
    count = _windows_that_fit(height + 2 * padding, kernel_size, stride)
    rows = _axis(height, kernel_size, stride, padding)
    return np.outer(rows, _axis(width, kernel_size, stride, padding, count))
