"""Returns in one branch only."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size > 1:
        return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
