"""The convolution as a sum of shifted images, one for each weight: no window and no padding."""

import numpy as np


def conv2d_single_channel(image: np.ndarray, kernel: np.ndarray, mode: str = "valid") -> np.ndarray:
    """Return what the mode keeps of the sum of all shifted images."""
    (height, width), (kernel_height, kernel_width) = image.shape, kernel.shape
    last = kernel_height - 1, kernel_width - 1
    # Large enough for every window that meets a pixel at all, however far it hangs over the edge.
    whole = np.zeros((height + last[0], width + last[1]))
    for (u, v), weight in np.ndenumerate(kernel):
        # The farther down and right a weight stands, the farther up and left it reaches its pixel.
        top, left = last[0] - u, last[1] - v
        whole[top : top + height, left : left + width] += float(weight) * image

    if mode == "valid":
        return whole[last[0] : height, last[1] : width]
    # The first window hangs over the top and the left by half of what it is larger than a pixel.
    top, left = last[0] - last[0] // 2, last[1] - last[1] // 2
    return whole[top : top + height, left : left + width]
