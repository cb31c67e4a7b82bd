"""Exercise conv1d: `grade show conv1d` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def conv1d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Return the convolution of a batch of sequences with a set of filters.

    As everywhere in deep learning the kernel is not flipped. Each output number is the sum, over
    all channels and all taps of the kernel, of number times weight, plus the bias of the filter.

    Arguments:
        x: the sequences, float array of shape (N, C, L)
        weight: one kernel of C channels per filter, float array of shape (O, C, k)
        bias: one number per filter, float array of shape (O,), or None
        stride: how far the window moves
        padding: how many zeros are put before the sequence, and how many after it
        dilation: the distance between neighbouring taps of the kernel; 1 is no gap

    Returns:
        float array of shape (N, O, outL)

    Example: the sequence [1, 2, 4, 8] and the kernel [1, 0, -1] give [-3, -6], because
    1 - 4 = -3 and 2 - 8 = -6.
    """
    raise NotImplementedError("conv1d is not written yet")
