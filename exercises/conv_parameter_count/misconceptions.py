"""Believable mistakes in conv_parameter_count; each docstring carries a hint for the student."""


def _weights(in_channels, out_channels, kernel_size):
    return out_channels * in_channels * kernel_size**2


def biases_forgotten(in_channels, out_channels, kernel_size, bias=True):
    """Counts the weights alone.

    You count the weights alone. What else does a kernel add to its weighted sum, unless the
    layer is told to go without?
    """
    return _weights(in_channels, out_channels, kernel_size)


def bias_always_counted(in_channels, out_channels, kernel_size, bias=True):
    """Ignores the argument bias.

    You count biases whatever the argument `bias` says. A layer without them learns its weights
    alone.
    """
    return _weights(in_channels, out_channels, kernel_size) + out_channels


def one_bias_for_the_whole_layer(in_channels, out_channels, kernel_size, bias=True):
    """Adds a single bias.

    You add one bias for the whole layer. Each kernel has a bias of its own, so that one channel
    of the output can be shifted without the others.
    """
    return _weights(in_channels, out_channels, kernel_size) + int(bias)


def bias_for_every_slice_of_a_kernel(in_channels, out_channels, kernel_size, bias=True):
    """Gives a bias to each pair of an input and an output channel.

    You count a bias for every channel that a kernel sees. The sums over the channels are added
    up first, and the bias comes once.
    """
    slices = out_channels * in_channels
    return slices * (kernel_size**2 + int(bias))


def biases_belong_to_the_input(in_channels, out_channels, kernel_size, bias=True):
    """Adds one bias for each channel of the input.

    You count one bias for each channel of the input. The bias is added to what comes out of a
    kernel: of which channels are there as many as kernels?
    """
    return _weights(in_channels, out_channels, kernel_size) + int(bias) * in_channels


def kernel_is_flat(in_channels, out_channels, kernel_size, bias=True):
    """Takes a kernel for k x k numbers, whatever the number of input channels.

    Your kernels have one layer of weights. A kernel sees all channels of the input at once and
    has k x k weights for each of them: for a colour image it is a block, not a square.
    """
    return out_channels * (kernel_size**2 + int(bias))


def one_kernel_alone(in_channels, out_channels, kernel_size, bias=True):
    """Counts the numbers of one kernel.

    You count one kernel, which makes one channel of the output. The layer has a kernel for each
    of its output channels.
    """
    return in_channels * kernel_size**2 + int(bias)


def kernel_size_not_squared(in_channels, out_channels, kernel_size, bias=True):
    """Takes the kernel size for the number of weights of a kernel.

    You count k weights where a kernel has k rows of k.
    """
    return out_channels * (in_channels * kernel_size + int(bias))
