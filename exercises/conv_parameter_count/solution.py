"""The number of parameters of a convolution layer: its kernels and their biases."""


def conv_parameter_count(in_channels, out_channels, kernel_size, bias=True):
    """Return how many numbers the layer learns, an integer."""
    weights_of_a_kernel = in_channels * kernel_size * kernel_size
    biases_of_a_kernel = 1 if bias else 0
    return out_channels * (weights_of_a_kernel + biases_of_a_kernel)
