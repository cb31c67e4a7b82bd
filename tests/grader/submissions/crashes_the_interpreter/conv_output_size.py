"""Reads address zero."""

import ctypes


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    ctypes.string_at(0)
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
