"""Exercise conv_output_size: `grade show conv_output_size` prints the task."""


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Return the output size of a convolution along one axis, an integer.

    It is the number of places where the window fits wholly into the padded input.

    Arguments:
        input_size: the number of pixels along the axis, before padding
        kernel_size: the number of taps of the kernel along the axis
        stride: how far the window moves
        padding: how many pixels are added at each of the two ends
        dilation: the distance between neighbouring taps; 1 is no gap

    Example: 5 pixels, a kernel of 3 and stride 2 give 2: the window fits on pixels 0 to 2 and
    on pixels 2 to 4.
    """
    raise NotImplementedError("conv_output_size is not written yet")
