"""Returns an integer that is too small for int64 and has a sign."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return -(2**63) - 1
