"""Tries to get past `except Exception` and past loops: raises StopIteration."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    raise StopIteration("past")
