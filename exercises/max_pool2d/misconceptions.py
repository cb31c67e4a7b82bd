"""Believable mistakes in max_pool2d; each docstring carries the hint that a student reads."""

import math

import numpy as np


def _frame(x, padding, value=-np.inf):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, sides, constant_values=value)


def _windows_that_fit(size, kernel_size, stride):
    return (size - kernel_size) // stride + 1


def _slide(padded, kernel_size, stride, out_height, out_width, pool=np.max):
    """Correct at every place it is asked for; the maps are padded already."""
    out = np.zeros((*padded.shape[:2], out_height, out_width), dtype=padded.dtype)
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + kernel_size, left : left + kernel_size]
            out[:, :, i, j] = pool(window, axis=(2, 3))
    return out


def _pool(padded, kernel_size, stride, pool=np.max):
    """Correct: each mistake below changes what goes in, a size, or what comes out."""
    stride = kernel_size if stride is None else stride
    out_height = _windows_that_fit(padded.shape[2], kernel_size, stride)
    out_width = _windows_that_fit(padded.shape[3], kernel_size, stride)
    return _slide(padded, kernel_size, stride, out_height, out_width, pool)


def stride_of_one_by_default(x, kernel_size, stride=None, padding=0):
    """Takes the default stride of a convolution.

    Your windows overlap when no stride is given, as in a convolution. In pooling a missing stride
    means that the windows lie side by side.
    """
    return _pool(_frame(x, padding), kernel_size, 1 if stride is None else stride)


def stride_always_one(x, kernel_size, stride=None, padding=0):
    """Moves the window by one pixel whatever the stride.

    Your window moves one pixel at a time. Look at where the second window of a row begins when
    stride is 2.
    """
    return _pool(_frame(x, padding), kernel_size, 1)


def windows_always_side_by_side(x, kernel_size, stride=None, padding=0):
    """Ignores the stride: moves the window by its own size.

    Your window always moves by its own size. When a stride is given it moves by that, so windows
    may overlap, or leave pixels out.
    """
    return _pool(_frame(x, padding), kernel_size, None)


def padding_of_zeros(x, kernel_size, stride=None, padding=0):
    """Pads with zeros, as a convolution does.

    Your padding is made of zeros, and a zero is larger than any negative number. What number
    never wins against a pixel?
    """
    return _pool(_frame(x, padding, 0), kernel_size, stride)


def padding_left_out(x, kernel_size, stride=None, padding=0):
    """Leaves the padding out because it never is the largest.

    You leave the padding out. It never holds the largest value, but it moves the windows and makes
    room for more of them.
    """
    return _pool(x, kernel_size, stride)


def padding_on_top_and_left_only(x, kernel_size, stride=None, padding=0):
    """Pads two of the four sides.

    Your padding stands at the top and at the left alone. All four sides get it, so height and
    width each grow by two times `padding`.
    """
    sides = ((0, 0), (0, 0), (padding, 0), (padding, 0))
    return _pool(np.pad(x, sides, constant_values=-np.inf), kernel_size, stride)


def output_size_without_padding(x, kernel_size, stride=None, padding=0):
    """Pads the maps, but counts the windows of the maps before padding.

    You pad the maps, but your output size still comes from the maps without padding. Which height
    and width does the window slide over?
    """
    stride = kernel_size if stride is None else stride
    out_height = _windows_that_fit(x.shape[2], kernel_size, stride)
    out_width = _windows_that_fit(x.shape[3], kernel_size, stride)
    return _slide(_frame(x, padding), kernel_size, stride, out_height, out_width)


def maximum_starts_at_zero(x, kernel_size, stride=None, padding=0):
    """Starts the search for the largest number at zero.

    Your search for the largest number starts at zero, so a window of negative numbers gives 0.
    What is the first number that you have seen of a window?
    """
    return np.maximum(_pool(_frame(x, padding), kernel_size, stride), 0)


def largest_magnitude(x, kernel_size, stride=None, padding=0):
    """Takes the number that lies farthest from zero.

    You compare the numbers without their signs. The largest of -5 and 2 is 2.
    """
    largest = _pool(_frame(x, padding), kernel_size, stride)
    smallest = _pool(_frame(x, padding, np.inf), kernel_size, stride, np.min)
    return np.where(np.abs(smallest) > np.abs(largest), smallest, largest)


def average_instead_of_maximum(x, kernel_size, stride=None, padding=0):
    """Computes average pooling.

    You average the window. Max pooling keeps its largest number alone.
    """
    numbers_only = np.where(np.isinf(_frame(x, padding)), np.nan, _frame(x, padding))
    return _pool(numbers_only, kernel_size, stride, np.nanmean)


def maximum_over_the_channels(x, kernel_size, stride=None, padding=0):
    """Takes the maximum over the channels of an image as well.

    Your channels all give the same answer: you take the maximum over the channels too. Each
    channel is pooled on its own.
    """
    pooled = _pool(_frame(x, padding), kernel_size, stride)
    return np.broadcast_to(pooled.max(axis=1, keepdims=True), pooled.shape).copy()


def maximum_over_the_batch(x, kernel_size, stride=None, padding=0):
    """Takes the maximum over everything under the window, all images and channels.

    Your images all give the same answer: you take the maximum over the whole batch. Each channel
    of each image is pooled on its own.
    """
    pooled = _pool(_frame(x, padding), kernel_size, stride)
    return np.broadcast_to(pooled.max(axis=(0, 1), keepdims=True), pooled.shape).copy()


def last_partial_window_kept(x, kernel_size, stride=None, padding=0):
    """Rounds the output size up: a window that hangs over the edge still counts.

    You count a last window that hangs over the edge. Only windows that fit wholly into the padded
    map count, so the size is rounded down.
    """
    stride = kernel_size if stride is None else stride
    padded = _frame(x, padding)
    out_height, out_width = (
        math.ceil((size - kernel_size) / stride) + 1 for size in padded.shape[2:]
    )
    return _slide(padded, kernel_size, stride, out_height, out_width)


def image_taken_as_square(x, kernel_size, stride=None, padding=0):
    """Uses the height of the output for its width too.

    Your code uses one size for both directions, so it is right for square maps alone. Rows and
    columns of the output are counted separately.
    """
    stride = kernel_size if stride is None else stride
    padded = _frame(x, padding)
    size = _windows_that_fit(padded.shape[2], kernel_size, stride)
    return _slide(padded, kernel_size, stride, size, size)


def rows_and_columns_swapped(x, kernel_size, stride=None, padding=0):
    """Reads the shape of the maps as (N, C, W, H).

    Your height and width are exchanged, which shows as soon as a map is not square. Maps are
    stored as (N, C, H, W): rows come before columns.
    """
    stride = kernel_size if stride is None else stride
    padded = _frame(x, padding)
    out_height = _windows_that_fit(padded.shape[3], kernel_size, stride)
    out_width = _windows_that_fit(padded.shape[2], kernel_size, stride)
    return _slide(padded, kernel_size, stride, out_height, out_width)
