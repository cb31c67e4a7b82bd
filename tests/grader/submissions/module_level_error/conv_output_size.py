"""Tries the function out below it, with a mistake."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1


print(conv_output_size(32, 5, stride=0))
