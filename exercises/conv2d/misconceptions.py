"""Believable mistakes in conv2d; each docstring carries the hint that a student reads."""

import math

import numpy as np


def _zero_padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _windows_that_fit(size, taps, stride, padding, dilation):
    return (size + 2 * padding - dilation * (taps - 1) - 1) // stride + 1


def _slide(padded, weight, bias, out_height, out_width, stride, dilation):
    """Correct at every place it is asked for; the image is padded already."""
    filters, _, kernel_height, kernel_width = weight.shape
    span_height = dilation * (kernel_height - 1) + 1
    span_width = dilation * (kernel_width - 1) + 1
    out = np.zeros((len(padded), filters, out_height, out_width), dtype=padded.dtype)
    for o in range(filters):
        for i in range(out_height):
            for j in range(out_width):
                rows = slice(i * stride, i * stride + span_height, dilation)
                columns = slice(j * stride, j * stride + span_width, dilation)
                out[:, o, i, j] = np.sum(padded[:, :, rows, columns] * weight[o], axis=(1, 2, 3))
        if bias is not None:
            out[:, o] += bias[o]
    return out


def _conv2d(x, weight, bias, stride, padding, dilation):
    """Correct: each mistake below changes what goes in, a size, or what comes out."""
    out_height = _windows_that_fit(x.shape[2], weight.shape[2], stride, padding, dilation)
    out_width = _windows_that_fit(x.shape[3], weight.shape[3], stride, padding, dilation)
    padded = _zero_padded(x, padding)
    return _slide(padded, weight, bias, out_height, out_width, stride, dilation)


def kernel_flipped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Computes the true convolution of mathematics, with the kernel turned by 180 degrees.

    Your kernel is flipped: deep learning lays it on the image as it is (cross-correlation).
    Look at which weight meets the top left pixel of the window.
    """
    return _conv2d(x, weight[:, :, ::-1, ::-1], bias, stride, padding, dilation)


def stride_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Moves the window by one pixel whatever the stride.

    Your window moves one pixel at a time, as if stride were 1. Look at where the second window
    of a row begins when stride is 2.
    """
    return _conv2d(x, weight, bias, 1, padding, dilation)


def stride_along_rows_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Uses the stride downwards, and moves by one pixel to the right.

    You use the stride in one direction alone. The window takes the same step to the right as it
    takes downwards.
    """
    return _conv2d(x, weight, bias, 1, padding, dilation)[:, :, ::stride]


def last_partial_window_kept(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Rounds the output size up and fills the window that hangs over the edge with zeros.

    You count a last window that hangs over the edge of the image. Only windows that fit wholly
    into the padded image count, so the size is rounded down.
    """
    sizes, extra = [], []
    for size, taps in zip(x.shape[2:], weight.shape[2:], strict=True):
        span = dilation * (taps - 1) + 1
        windows = math.ceil((size + 2 * padding - span) / stride) + 1
        sizes.append(windows)
        extra.append((windows - 1) * stride + span - (size + 2 * padding))
    rows, columns = ((padding, padding + more) for more in extra)
    padded = np.pad(x, ((0, 0), (0, 0), rows, columns))
    return _slide(padded, weight, bias, *sizes, stride, dilation)


def padding_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Never puts the zeros around the image.

    Your answer does not change with `padding`. Think of a larger image, with a frame of zeros,
    and slide the window over that one.
    """
    return _conv2d(x, weight, bias, stride, 0, dilation)


def padding_on_top_and_left_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Puts the zeros on two of the four sides.

    Your padding stands at the top and at the left alone. All four sides of the image get
    `padding` zeros, so height and width each grow by two times `padding`.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)))
    return _conv2d(padded, weight, bias, stride, 0, dilation)


def padding_repeats_the_border(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Fills the padding with copies of the border pixels instead of zeros.

    Your padding repeats the pixels at the border of the image. Here the frame around the image
    is made of zeros.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    return _conv2d(padded, weight, bias, stride, 0, dilation)


def output_size_without_padding(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Pads the image, but counts the windows of the image before padding.

    You pad the image, but your output size still comes from the image without padding, so the
    last rows and columns are missing. Which height and width does the window slide over?
    """
    out_height = _windows_that_fit(x.shape[2], weight.shape[2], stride, 0, dilation)
    out_width = _windows_that_fit(x.shape[3], weight.shape[3], stride, 0, dilation)
    padded = _zero_padded(x, padding)
    return _slide(padded, weight, bias, out_height, out_width, stride, dilation)


def dilation_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Keeps the taps of the kernel side by side whatever the dilation.

    Your kernel reads neighbouring pixels, as if dilation were 1. With dilation 2 every second
    pixel is skipped, and the window covers more of the image.
    """
    return _conv2d(x, weight, bias, stride, padding, 1)


def image_taken_as_square(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Uses the height of the output for its width too.

    Your code uses one size for both directions, so it is right for square images alone. Rows and
    columns of the output are counted separately.
    """
    size = _windows_that_fit(x.shape[2], weight.shape[2], stride, padding, dilation)
    return _slide(_zero_padded(x, padding), weight, bias, size, size, stride, dilation)


def rows_and_columns_swapped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Reads the shape of the images as (N, C, W, H).

    Your height and width are exchanged, which shows as soon as an image is not square. Images
    are stored as (N, C, H, W): rows come before columns.
    """
    out_height = _windows_that_fit(x.shape[3], weight.shape[2], stride, padding, dilation)
    out_width = _windows_that_fit(x.shape[2], weight.shape[3], stride, padding, dilation)
    padded = _zero_padded(x, padding)
    return _slide(padded, weight, bias, out_height, out_width, stride, dilation)


def kernel_taken_as_square(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Uses the height of the kernel for its width too.

    Your code uses the height of the kernel as its width. A kernel of 3 rows and 2 columns is
    allowed: which of its two sizes goes with which direction?
    """
    taps = weight.shape[2]
    span = dilation * (taps - 1) + 1
    out_height = _windows_that_fit(x.shape[2], taps, stride, padding, dilation)
    out_width = _windows_that_fit(x.shape[3], taps, stride, padding, dilation)
    padded = _zero_padded(x, padding)
    out = np.zeros((len(x), len(weight), out_height, out_width), dtype=x.dtype)
    for i in range(out_height):
        for j in range(out_width):
            rows = slice(i * stride, i * stride + span, dilation)
            columns = slice(j * stride, j * stride + span, dilation)
            window = padded[:, np.newaxis, :, rows, columns]
            out[:, :, i, j] = np.sum(window * weight, axis=(2, 3, 4))
    return out if bias is None else out + bias[:, np.newaxis, np.newaxis]


def channels_averaged(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Takes the mean over the channels instead of the sum.

    Your answer is too small by a factor of the number of channels. The channels of a window are
    added up, not averaged.
    """
    summed = _conv2d(x, weight, None, stride, padding, dilation)
    averaged = summed / x.shape[1]
    return averaged if bias is None else averaged + bias[:, np.newaxis, np.newaxis]


def first_channel_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Reads one channel of the image and of the kernel.

    You use the first channel of the images alone. Every channel has its own layer of the kernel,
    and the results are added up.
    """
    return _conv2d(x[:, :1], weight[:, :1], bias, stride, padding, dilation)


def first_kernel_channel_for_all(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Lays the first layer of each kernel on every channel of the image.

    You lay the same two-dimensional kernel on every channel. A filter has one layer of weights
    per channel: look at the second axis of `weight`.
    """
    repeated = np.repeat(weight[:, :1], weight.shape[1], axis=1)
    return _conv2d(x, repeated, bias, stride, padding, dilation)


def weight_axes_swapped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Reads the weights as (C, O, kH, kW).

    You take the first axis of `weight` for the channels and the second for the filters. It is
    the other way round: (O, C, kH, kW).
    """
    return _conv2d(x, weight.swapaxes(0, 1), bias, stride, padding, dilation)


def bias_of_the_first_filter_for_all(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Adds the same bias to every map.

    Your maps all get the bias of the first filter. Each filter has a bias of its own.
    """
    if bias is not None:
        bias = np.full_like(bias, bias[0])
    return _conv2d(x, weight, bias, stride, padding, dilation)


def bias_once_per_channel(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Adds the bias inside the sum over the channels.

    Your bias comes in once for every channel. It is added once, after the channels have been
    summed.
    """
    if bias is not None:
        bias = bias * x.shape[1]
    return _conv2d(x, weight, bias, stride, padding, dilation)


def first_image_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Answers for the first image of the batch and leaves out the rest.

    You answer for the first image alone. The batch may hold several images, and each has its own
    maps.
    """
    return _conv2d(x[:1], weight, bias, stride, padding, dilation)


def answer_cut_to_integers(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Collects the sums in an array of integers.

    Your answers lost their decimals: the array that collects them holds integers. Look at the
    dtype with which you create it.
    """
    return _conv2d(x, weight, bias, stride, padding, dilation).astype(int)
