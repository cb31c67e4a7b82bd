"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def setting(kernel_size, stride=1, padding=0, left_over=0):
        # Built backwards from the number of windows, different down and across, so that what is
        # left over after the last window is the same for every seed.
        windows = rng.choice([3, 4, 5, 6], size=2, replace=False)
        extent = kernel_size + left_over - 2 * padding
        return {
            "input_size": [(int(count) - 1) * stride + extent for count in windows],
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
        }

    yield "kernel-of-one", "windows", setting(1)
    yield "kernel-as-large-as-the-image", "windows", {"input_size": [3, 3], "kernel_size": 3}
    yield "image-of-one-row-of-windows", "windows", {"input_size": [2, 5], "kernel_size": 2}
    yield "tall-image", "windows", {"input_size": [6, 4], "kernel_size": 3}
    yield "windows-side-by-side", "windows", setting(2, stride=2)
    yield "windows-that-overlap", "windows", setting(3, stride=2)
    yield "last-pixels-in-no-window", "windows", setting(3, stride=3, left_over=2)
    yield "stride-larger-than-kernel", "windows", setting(2, stride=3)
    yield "even-kernel-with-padding", "padding", setting(2, padding=1)
    # Each row and each column lies in two windows.
    yield "all-pixels-alike", "padding", {"input_size": [2, 2], "kernel_size": 2, "padding": 1}
    yield "padding-wider-than-half-a-kernel", "padding", setting(3, padding=2)
    yield "windows-in-the-padding-alone", "padding", setting(1, padding=1)
    yield "padding-with-stride", "padding", setting(4, stride=2, padding=1)
    yield "padding-with-stride-and-a-rest", "padding", setting(4, stride=3, padding=1, left_over=2)
