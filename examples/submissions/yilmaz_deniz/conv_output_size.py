"""Exercise conv_output_size: `grade show conv_output_size` prints the task."""


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Return the output size of a convolution along one axis, an integer."""
    reach = (kernel_size - 1) * dilation + 1
    return (input_size + padding + padding - reach) // stride + 1
