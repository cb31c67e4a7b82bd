"""Believable mistakes in avg_pool2d; each docstring carries the hint that a student reads."""

import numpy as np


def _frame(x, padding, value=0):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, sides, constant_values=value)


def _mask(x, padding, include_pad):
    """1 where a number counts."""
    return _frame(np.ones_like(x), padding, 1 if include_pad else 0)


def _slide(padded, kernel_size, stride, out_height, out_width, pool=np.sum):
    """Correct at every place it is asked for; the maps are padded already."""
    out = np.zeros((*padded.shape[:2], out_height, out_width), dtype=padded.dtype)
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + kernel_size, left : left + kernel_size]
            out[:, :, i, j] = pool(window, axis=(2, 3))
    return out


def _pool(padded, kernel_size, stride, pool=np.sum):
    stride = kernel_size if stride is None else stride
    out_height, out_width = ((size - kernel_size) // stride + 1 for size in padded.shape[2:])
    return _slide(padded, kernel_size, stride, out_height, out_width, pool)


def _mean(x, kernel_size, stride, padding, include_pad):
    """Correct: each mistake below changes what goes in, a size, or what comes out."""
    sums = _pool(_frame(x, padding), kernel_size, stride)
    return sums / _pool(_mask(x, padding, include_pad), kernel_size, stride)


def stride_of_one_by_default(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Takes the default stride of a convolution.

    Your windows overlap when no stride is given, as in a convolution. In pooling a missing stride
    means that the windows lie side by side.
    """
    return _mean(x, kernel_size, 1 if stride is None else stride, padding, count_include_pad)


def windows_always_side_by_side(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Ignores the stride: moves the window by its own size.

    Your window always moves by its own size. When a stride is given it moves by that, so windows
    may overlap, or leave pixels out.
    """
    return _mean(x, kernel_size, None, padding, count_include_pad)


def padding_always_counted(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Divides by the size of the window whatever count_include_pad says.

    You divide by kernel_size² everywhere. When `count_include_pad` is False, a window over the
    border is divided by a smaller number: how many of its places lie on the map?
    """
    return _mean(x, kernel_size, stride, padding, True)


def padding_never_counted(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Divides by the number of pixels that a window sees, whatever count_include_pad says.

    You leave the padding out of the count everywhere. By default its zeros count, so that every
    sum is divided by the same number.
    """
    return _mean(x, kernel_size, stride, padding, False)


def zeros_of_the_map_taken_as_padding(
    x, kernel_size, stride=None, padding=0, count_include_pad=True
):
    """Without count_include_pad, divides by how many numbers of the window are not zero.

    You tell the padding from the map by looking for zeros. But the map may hold zeros of its own,
    and they count. What else do you know about where the padding lies?
    """
    padded = _frame(x, padding)
    sums = _pool(padded, kernel_size, stride)
    mask = np.ones_like(padded) if count_include_pad else (padded != 0).astype(padded.dtype)
    return sums / np.maximum(_pool(mask, kernel_size, stride), 1)


def padding_left_out(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Takes count_include_pad to say enough, and never pads.

    You leave the padding out. Whether its zeros count or not, it moves the windows and makes room
    for more of them.
    """
    return _mean(x, kernel_size, stride, 0, True)


def padding_on_top_and_left_only(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Pads two of the four sides.

    Your padding stands at the top and at the left alone. All four sides get it, so height and
    width each grow by two times `padding`.
    """
    sides = ((0, 0), (0, 0), (padding, 0), (padding, 0))
    counts = np.pad(np.ones_like(x), sides, constant_values=1 if count_include_pad else 0)
    return _pool(np.pad(x, sides), kernel_size, stride) / _pool(counts, kernel_size, stride)


def sum_instead_of_mean(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Adds the numbers of the window and does not divide.

    You add up each window. Its mean is that sum divided by something: look at the beginning of
    the formula.
    """
    return _pool(_frame(x, padding), kernel_size, stride)


def divided_by_the_kernel_size(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Divides by k, as if the window were a row of k numbers.

    Your numbers are too large by a factor. You divide by something that is smaller than the number
    of places in the window: how many does a window of height and width k have?
    """
    return kernel_size * _mean(x, kernel_size, stride, padding, count_include_pad)


def maximum_instead_of_average(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Computes max pooling.

    You keep the largest number of each window, which is max pooling. Average pooling takes all
    numbers of the window into account.
    """
    return _pool(_frame(x, padding, -np.inf), kernel_size, stride, np.max)


def rounded_as_on_the_slide(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Rounds the means to one decimal.

    You round the means as the slide does. The slide has little room; your answer keeps all its
    digits.
    """
    return np.round(_mean(x, kernel_size, stride, padding, count_include_pad), 1)


def mean_over_the_channels(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Takes the mean over the channels of an image as well.

    Your channels all give the same answer: you take the mean over the channels too. Each channel
    is pooled on its own.
    """
    pooled = _mean(x, kernel_size, stride, padding, count_include_pad)
    return np.broadcast_to(pooled.mean(axis=1, keepdims=True), pooled.shape).copy()


def last_partial_window_kept(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Rounds the output size up: a window that hangs over the edge still counts.

    You count a last window that hangs over the edge. Only windows that fit wholly into the padded
    map count, so the size is rounded down.
    """
    stride = kernel_size if stride is None else stride
    padded, counts = _frame(x, padding), _mask(x, padding, count_include_pad)
    sizes = (-((kernel_size - size) // stride) + 1 for size in padded.shape[2:])
    steps = kernel_size, stride, *sizes
    return _slide(padded, *steps) / _slide(counts, *steps)


def image_taken_as_square(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Uses the height of the output for its width too.

    Your code uses one size for both directions, so it is right for square maps alone. Rows and
    columns of the output are counted separately.
    """
    stride = kernel_size if stride is None else stride
    padded, counts = _frame(x, padding), _mask(x, padding, count_include_pad)
    size = (padded.shape[2] - kernel_size) // stride + 1
    totals = _slide(padded, kernel_size, stride, size, size)
    return totals / np.maximum(_slide(counts, kernel_size, stride, size, size), 1)
