"""Exercise inception_block: `grade show inception_block` prints the task."""

import numpy as np  # noqa: F401


def inception_block(x, weight1, weight3, weight5, weight_pool):
    """Return the maps of four parallel branches, concatenated along the channels.

    The branches are convolutions with kernels of 1x1, 3x3 and 5x5, and max pooling of 3x3 followed
    by a 1x1 convolution. Each ends with a ReLU and keeps height and width.

    Arguments:
        x: N maps of C channels, float array of shape (N, C, H, W)
        weight1: the kernels of the 1x1 branch, shape (A, C, 1, 1)
        weight3: the kernels of the 3x3 branch, shape (B, C, 3, 3)
        weight5: the kernels of the 5x5 branch, shape (D, C, 5, 5)
        weight_pool: the kernels of the 1x1 convolution after the pooling, shape (E, C, 1, 1)

    Returns:
        float array of shape (N, A + B + D + E, H, W), the branches in this order

    Example: a single pixel of 3 with one kernel of ones in each branch gives four channels of 3:
    around it there are only zeros, and nothing that is larger.
    """
    raise NotImplementedError("inception_block is not written yet")
