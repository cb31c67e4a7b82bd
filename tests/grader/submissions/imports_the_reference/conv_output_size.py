"""Tries to hand in the oracle."""

from reference import conv_output_size as oracle


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return oracle(input_size, kernel_size, stride=stride, padding=padding, dilation=dilation)
