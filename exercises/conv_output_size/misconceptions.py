"""Believable mistakes in conv_output_size; each docstring carries the hint that a student reads."""

import math


def _room_to_move(input_size, kernel_size, padding, dilation):
    return input_size + 2 * padding - dilation * (kernel_size - 1) - 1


def not_rounded(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Divides without rounding, as in the formula that has no floor.

    Your answer is not always a whole number. A window that does not fit wholly is left out: what
    happens to the remainder of the division?
    """
    return _room_to_move(input_size, kernel_size, padding, dilation) / stride + 1


def rounded_up(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Counts the last window even when it hangs over the end.

    You round up, and so count a last window that hangs over the end. Only windows that fit
    wholly are counted.
    """
    return math.ceil(_room_to_move(input_size, kernel_size, padding, dilation) / stride) + 1


def rounded_to_nearest(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Rounds to the nearest whole number.

    You round to the nearest whole number. Three quarters of a window are still no window.
    """
    return round(_room_to_move(input_size, kernel_size, padding, dilation) / stride) + 1


def padding_counted_once(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Adds the padding at one end.

    You count the padding once. It is added at both ends of the axis.
    """
    return (_room_to_move(input_size, kernel_size, padding, dilation) - padding) // stride + 1


def padding_keeps_the_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Takes any padding for "same" padding, whose output size is input size over stride.

    You take padding to mean that the size is kept, divided by the stride alone. That is so for
    one particular amount of padding: look at where `padding` and `kernel_size` come in.
    """
    if padding == 0:
        return _room_to_move(input_size, kernel_size, padding, dilation) // stride + 1
    return math.ceil(input_size / stride)


def dilation_ignored(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Takes the number of taps for the width of the kernel.

    Your answer does not change with the dilation. The taps of a dilated kernel lie apart, so it
    needs more room than it has taps.
    """
    return _room_to_move(input_size, kernel_size, padding, 1) // stride + 1


def dilation_times_the_kernel(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Multiplies the kernel size by the dilation.

    You multiply the kernel size by the dilation, which counts one gap too many. Three taps have
    two gaps between them: draw a kernel of 3 with dilation 2.
    """
    return (input_size + 2 * padding - dilation * kernel_size) // stride + 1


def dilation_counts_skipped_pixels(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Reads the dilation as the number of pixels skipped between two taps.

    You take the dilation for the number of pixels between two taps. It is the distance from one
    tap to the next, so dilation 1 skips none and dilation 2 skips one.
    """
    skipped = dilation if dilation > 1 else 0
    return _room_to_move(input_size, kernel_size, padding, skipped + 1) // stride + 1


def one_added_before_dividing(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Adds the one inside the fraction.

    You add 1 before you divide by the stride. The division counts the steps of the window; the
    place where it starts comes on top.
    """
    return (_room_to_move(input_size, kernel_size, padding, dilation) + 1) // stride


def steps_counted_instead_of_places(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Forgets the one.

    You are one short: the division counts the steps of the window, and you are asked for its
    places. How many places are there when the window cannot move at all?

    No case passes: the answer is one too small whatever the input.
    """
    return _room_to_move(input_size, kernel_size, padding, dilation) // stride
