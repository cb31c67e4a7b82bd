"""Goes to the root of the disk."""

import os


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    os.chdir(os.sep)
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
