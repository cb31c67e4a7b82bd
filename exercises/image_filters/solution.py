"""Three kernels on one image, each number from its window."""

import numpy as np

KERNELS = np.array(
    [
        [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],  # sharpen
        [[0, 1, 0], [1, -4, 1], [0, 1, 0]],  # edge detect
        [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],  # strong edge detect
    ]
)
PAD_MODES = {"zeros": "constant", "repeat": "edge"}


def image_filters(image, border="zeros"):
    """Return the three maps, shape (3, H, W)."""
    padded = np.pad(image, 1, mode=PAD_MODES[border])
    height, width = image.shape
    # Floats, whatever the image holds: unsigned bytes have no room for negative numbers.
    maps = np.zeros((len(KERNELS), height, width))
    for k, kernel in enumerate(KERNELS):
        for i in range(height):
            for j in range(width):
                maps[k, i, j] = np.sum(kernel * padded[i : i + 3, j : j + 3])
    return maps
