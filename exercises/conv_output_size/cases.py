"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def setting(kernel_size, stride=1, padding=0, dilation=1, left_over=0):
        # Built backwards from the number of windows, so that what is left over after the last
        # window is the same for every seed.
        windows = int(rng.integers(6, 40))
        span = dilation * (kernel_size - 1) + 1
        input_size = (windows - 1) * stride + span + left_over - 2 * padding
        return {
            "input_size": input_size,
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
        }

    yield "kernel-of-one", "size", setting(1)
    yield "kernel-as-large-as-the-input", "size", {"input_size": 7, "kernel_size": 7}
    yield "even-kernel-with-padding", "size", setting(4, padding=1)
    yield "padding-grows-the-output", "size", setting(2, padding=3)
    yield "stride-that-divides", "size", setting(3, stride=2)
    yield "stride-that-leaves-a-little", "size", setting(3, stride=5, left_over=1)
    yield "stride-that-leaves-almost-a-window", "size", setting(3, stride=5, left_over=4)
    yield "stride-larger-than-kernel", "size", setting(2, stride=7, left_over=4)
    yield "padding-with-stride", "combined", setting(7, stride=3, padding=3, left_over=2)
    yield "dilation-with-padding", "combined", setting(3, padding=2, dilation=2)
    yield "dilation-with-stride", "combined", setting(5, stride=3, dilation=3, left_over=2)
    yield (
        "everything-at-once",
        "combined",
        setting(3, stride=4, padding=3, dilation=4, left_over=3),
    )
