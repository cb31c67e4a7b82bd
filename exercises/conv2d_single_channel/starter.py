"""Exercise conv2d_single_channel.

`grade show conv2d_single_channel` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def conv2d_single_channel(image, kernel, mode="valid"):
    """Return the convolution of an image with a kernel, as deep learning means it: without a flip.

    Arguments:
        image: the pixels, float array of shape (H, W)
        kernel: the weights, float array of shape (kH, kW)
        mode: "valid" (the kernel stays inside the image) or "same" (zeros are put around the
            image, so that the answer is as large as the image)

    Returns:
        float array of shape (H - kH + 1, W - kW + 1) for "valid", (H, W) for "same"

    Example: the image [[1, 2, 3], [4, 5, 6]] and the kernel [[1, 0], [0, 10]] give [[51, 62]],
    because 1*1 + 10*5 = 51 and 1*2 + 10*6 = 62. With "same" they give [[51, 62, 3], [4, 5, 6]].
    """
    raise NotImplementedError("conv2d_single_channel is not written yet")
