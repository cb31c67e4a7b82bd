"""Exercise conv_parameter_count: `grade show conv_parameter_count` prints the task."""


def conv_parameter_count(in_channels, out_channels, kernel_size, bias=True):
    """Return how many numbers a convolution layer learns, an integer.

    Arguments:
        in_channels: the number of channels of the layer's input
        out_channels: the number of channels of its output; there is one kernel for each
        kernel_size: the height and width of a kernel, which are equal
        bias: True if every kernel has a bias

    Example: one channel, two kernels of 3 x 3: 2 * (9 + 1) = 20, and 18 without the biases.
    """
    raise NotImplementedError("conv_parameter_count is not written yet")
