"""Raises a syntax error whose file name is a number."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    raise SyntaxError("invented", (7, 1, 1, ""))
