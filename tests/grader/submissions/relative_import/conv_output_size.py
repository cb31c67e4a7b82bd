"""Imports its helper as a package would."""

from .formula import size


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return size(input_size, kernel_size, stride, padding, dilation)
