"""Believable mistakes in min_pool2d; each docstring carries the hint that a student reads."""

import numpy as np


def _frame(x, padding, value=np.inf):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, sides, constant_values=value)


def _windows_that_fit(size, kernel_size, stride):
    return (size - kernel_size) // stride + 1


def _slide(padded, kernel_size, stride, out_height, out_width, pool=np.min):
    """Correct at every place it is asked for; the maps are padded already."""
    out = np.zeros((*padded.shape[:2], out_height, out_width), dtype=padded.dtype)
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + kernel_size, left : left + kernel_size]
            out[:, :, i, j] = pool(window, axis=(2, 3))
    return out


def _pool(padded, kernel_size, stride, pool=np.min):
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


def windows_always_side_by_side(x, kernel_size, stride=None, padding=0):
    """Ignores the stride: moves the window by its own size.

    Your window always moves by its own size. When a stride is given it moves by that, so windows
    may overlap, or leave pixels out.
    """
    return _pool(_frame(x, padding), kernel_size, None)


def padding_of_zeros(x, kernel_size, stride=None, padding=0):
    """Pads with zeros, as a convolution does.

    Your padding is made of zeros, and a zero is smaller than any positive number. What number
    never wins against a pixel?
    """
    return _pool(_frame(x, padding, 0), kernel_size, stride)


def padding_of_minus_infinity(x, kernel_size, stride=None, padding=0):
    """Keeps the padding of max pooling.

    Your answers at the border are -∞: you pad as max pooling does. The value that never is the
    largest always is the smallest.
    """
    return _pool(_frame(x, padding, -np.inf), kernel_size, stride)


def padding_of_a_large_number(x, kernel_size, stride=None, padding=0):
    """Pads with 255, the brightest pixel.

    You pad with a number that is large for a pixel, but a map may hold larger ones. Which value
    is larger than every number?
    """
    return _pool(_frame(x, padding, 255), kernel_size, stride)


def padding_left_out(x, kernel_size, stride=None, padding=0):
    """Leaves the padding out because it never is the smallest.

    You leave the padding out. It never holds the smallest value, but it moves the windows and
    makes room for more of them.
    """
    return _pool(x, kernel_size, stride)


def padding_on_top_and_left_only(x, kernel_size, stride=None, padding=0):
    """Pads two of the four sides.

    Your padding stands at the top and at the left alone. All four sides get it, so height and
    width each grow by two times `padding`.
    """
    sides = ((0, 0), (0, 0), (padding, 0), (padding, 0))
    return _pool(np.pad(x, sides, constant_values=np.inf), kernel_size, stride)


def minimum_starts_at_zero(x, kernel_size, stride=None, padding=0):
    """Starts the search for the smallest number at zero.

    Your search for the smallest number starts at zero, so a window of positive numbers gives 0.
    What is the first number that you have seen of a window?
    """
    return np.minimum(_pool(_frame(x, padding), kernel_size, stride), 0)


def smallest_magnitude(x, kernel_size, stride=None, padding=0):
    """Takes the number that lies nearest to zero.

    You compare the numbers without their signs. The smallest of -5 and 2 is -5.
    """
    positive = np.where(_frame(x, padding) > 0, _frame(x, padding), np.inf)
    negative = np.where(_frame(x, padding) <= 0, _frame(x, padding), -np.inf)
    above = _pool(positive, kernel_size, stride)
    below = _pool(negative, kernel_size, stride, np.max)
    return np.where(-below < above, below, above)


def sign_not_turned_back(x, kernel_size, stride=None, padding=0):
    """Max-pools the opposite numbers and leaves the answers opposite.

    You find the right places, but your answers have the opposite sign. If you pooled -x by maxima,
    one step is still missing.

    No case passes: only a map of zeros would not show the sign.
    """
    return -_pool(_frame(x, padding), kernel_size, stride)


def maximum_instead_of_minimum(x, kernel_size, stride=None, padding=0):
    """Computes max pooling.

    You keep the largest number of each window. Min pooling keeps the smallest.
    """
    return _pool(_frame(x, padding, -np.inf), kernel_size, stride, np.max)


def minimum_over_the_channels(x, kernel_size, stride=None, padding=0):
    """Takes the minimum over the channels of an image as well.

    Your channels all give the same answer: you take the minimum over the channels too. Each
    channel is pooled on its own.
    """
    pooled = _pool(_frame(x, padding), kernel_size, stride)
    return np.broadcast_to(pooled.min(axis=1, keepdims=True), pooled.shape).copy()


def last_partial_window_kept(x, kernel_size, stride=None, padding=0):
    """Rounds the output size up: a window that hangs over the edge still counts.

    You count a last window that hangs over the edge. Only windows that fit wholly into the padded
    map count, so the size is rounded down.
    """
    stride = kernel_size if stride is None else stride
    padded = _frame(x, padding)
    sizes = (-((kernel_size - size) // stride) + 1 for size in padded.shape[2:])
    return _slide(padded, kernel_size, stride, *sizes)


def rows_and_columns_swapped(x, kernel_size, stride=None, padding=0):
    """Reads the shape of the maps as (N, C, W, H).

    Your height and width are exchanged, which shows as soon as a map is not square. Maps are
    stored as (N, C, H, W): rows come before columns.
    """
    stride = kernel_size if stride is None else stride
    padded = _frame(x, padding, np.inf)
    out_height = _windows_that_fit(padded.shape[3], kernel_size, stride)
    out_width = _windows_that_fit(padded.shape[2], kernel_size, stride)
    # What lies beyond the edge is never read as a whole window: fill it up with more padding.
    beyond = ((0, 0), (0, 0), (0, out_height * stride), (0, out_width * stride))
    more = np.pad(padded, beyond, constant_values=np.inf)
    return _slide(more, kernel_size, stride, out_height, out_width)
