"""Believable mistakes in conv1d; each docstring carries the hint that a student reads."""

import math

import numpy as np


def _zero_padded(x, before, after):
    return np.pad(x, ((0, 0), (0, 0), (before, after)))


def _windows_that_fit(length, taps, stride=1, dilation=1):
    return (length - dilation * (taps - 1) - 1) // stride + 1


def _slide(padded, weight, bias, out_length, stride, dilation):
    """Correct at every place it is asked for; the sequence is padded already."""
    span = dilation * (weight.shape[2] - 1) + 1
    out = np.zeros((len(padded), len(weight), out_length), dtype=padded.dtype)
    for i in range(out_length):
        window = padded[:, np.newaxis, :, i * stride : i * stride + span : dilation]
        out[:, :, i] = np.sum(window * weight, axis=(2, 3))
    return out if bias is None else out + bias[:, np.newaxis]


def _conv1d(padded, weight, bias, stride=1, dilation=1):
    """Correct: each mistake below changes what goes in, a size, or what comes out."""
    out_length = _windows_that_fit(padded.shape[2], weight.shape[2], stride, dilation)
    return _slide(padded, weight, bias, out_length, stride, dilation)


def kernel_flipped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Reverses the kernel, as NumPy's convolve does.

    Your kernel is reversed, as in the convolution of mathematics. Here it is laid on the sequence
    as it is: the first weight meets the first number of the window.
    """
    return _conv1d(_zero_padded(x, padding, padding), weight[:, :, ::-1], bias, stride, dilation)


def stride_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Moves the window by one place whatever the stride.

    Your window moves one place at a time, as if stride were 1. Where does the second window begin
    when stride is 2?
    """
    return _conv1d(_zero_padded(x, padding, padding), weight, bias, 1, dilation)


def last_partial_window_kept(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Rounds the output length up and fills the window that hangs over the end with zeros.

    You count a last window that hangs over the end. Only windows that fit wholly into the padded
    sequence count, so the length is rounded down.
    """
    length, span = x.shape[2] + 2 * padding, dilation * (weight.shape[2] - 1) + 1
    windows = math.ceil((length - span) / stride) + 1
    missing = (windows - 1) * stride + span - length
    padded = _zero_padded(x, padding, padding + missing)
    return _slide(padded, weight, bias, windows, stride, dilation)


def padding_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Never puts the zeros around the sequence.

    Your answer does not change with `padding`. Think of a longer sequence, with zeros at both
    ends, and slide the window along that one.
    """
    return _conv1d(x, weight, bias, stride, dilation)


def padding_on_one_side_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Puts `padding` zeros before the sequence and none after it.

    Your zeros stand before the sequence alone. It gets `padding` zeros at each of its two ends.
    """
    return _conv1d(_zero_padded(x, padding, 0), weight, bias, stride, dilation)


def all_padding_before_the_sequence(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Puts all zeros before the sequence, as a network does that must not see the future.

    Your sequence has as many zeros as it should, but all of them stand before it. Half of them
    belong after its end.
    """
    return _conv1d(_zero_padded(x, 2 * padding, 0), weight, bias, stride, dilation)


def padding_repeats_the_ends(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Fills the padding with copies of the first and the last number.

    Your padding repeats the first and the last number of the sequence. Here it is made of zeros.
    """
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)), mode="edge")
    return _conv1d(padded, weight, bias, stride, dilation)


def output_length_without_padding(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Pads the sequence, but counts the windows of the sequence before padding.

    You pad the sequence, but your output length still comes from the length without padding, so
    the last windows are missing. Along which length does the window slide?
    """
    windows = _windows_that_fit(x.shape[2], weight.shape[2], stride, dilation)
    padded = _zero_padded(x, padding, padding)
    return _slide(padded, weight, bias, windows, stride, dilation)


def dilation_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Keeps the taps of the kernel side by side whatever the dilation.

    Your kernel reads neighbouring numbers, as if dilation were 1. With dilation 2 every second
    number is skipped, and the window covers more of the sequence.
    """
    return _conv1d(_zero_padded(x, padding, padding), weight, bias, stride, 1)


def dilation_as_the_number_skipped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Takes the dilation for the numbers left out between two taps, so that 1 is a gap.

    You leave out `dilation` numbers between two taps. It is the distance from one tap to the
    next, so with dilation 1 nothing is left out.
    """
    return _conv1d(_zero_padded(x, padding, padding), weight, bias, stride, dilation + 1)


def dilation_moves_the_window_too(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Moves the window by stride times dilation.

    You have a dilated window move farther too. The dilation spreads the taps inside the window;
    how far the window moves is the stride alone.
    """
    padded = _zero_padded(x, padding, padding)
    return _conv1d(padded, weight, bias, stride, dilation)[:, :, ::dilation]


def channels_averaged(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Takes the mean over the channels instead of the sum.

    Your sums are too small by a factor of the number of channels. The channels of a window are
    added up, not averaged.
    """
    averaged = weight / weight.shape[1]
    return _conv1d(_zero_padded(x, padding, padding), averaged, bias, stride, dilation)


def first_channel_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Reads one channel of the sequences and of the kernels.

    You use the first channel of the sequences alone. Every channel has its own weights, and the
    results are added up.
    """
    padded = _zero_padded(x[:, :1], padding, padding)
    return _conv1d(padded, weight[:, :1], bias, stride, dilation)


def channels_last(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Reads the sequences as (N, L, C), as Keras keeps them.

    You take the second axis of x for the length and the third for the channels. Here the channels
    come first, in `x` and in the result.
    """
    moved = x.swapaxes(1, 2)
    if moved.shape[1] != weight.shape[1]:
        raise ValueError("the kernels have another number of channels")
    out = _conv1d(_zero_padded(moved, padding, padding), weight, bias, stride, dilation)
    return out.swapaxes(1, 2)


def bias_once_per_channel(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Adds the bias inside the sum over the channels.

    Your bias comes in once for every channel. It is added once, after the channels have been
    summed.
    """
    if bias is not None:
        bias = bias * x.shape[1]
    return _conv1d(_zero_padded(x, padding, padding), weight, bias, stride, dilation)


def first_sequence_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Answers for the first sequence of the batch and leaves out the rest.

    You answer for the first sequence alone. The batch may hold several, and each has its own
    results.
    """
    return _conv1d(_zero_padded(x[:1], padding, padding), weight, bias, stride, dilation)


def answer_cut_to_integers(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Collects the sums in an array of integers.

    Your answers lost their decimals: the array that collects them holds integers. Look at the
    dtype with which you create it.
    """
    out = _conv1d(_zero_padded(x, padding, padding), weight, bias, stride, dilation)
    return out.astype(int)
