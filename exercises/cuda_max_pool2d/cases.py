"""Maps and windows, and launches that cover the answer or go beyond it."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(height, width, kernel_size, stride, block, sign=1):
        # All different, so that every window has one largest number.
        x = sign * rng.permutation(np.arange(1, height * width + 1)).reshape(height, width)
        sides = [(size - kernel_size) // stride + 1 for size in (height, width)]
        return {
            "grid": [-(-sides[1] // block[0]), -(-sides[0] // block[1])],
            "block": block,
            "out": np.full(sides, np.nan, np.float32),
            "x": x.astype(np.float32),
            "kernel_size": kernel_size,
            "stride": stride,
        }

    yield "one-window", "windows", launch(3, 3, 3, 1, [8, 4])
    yield "windows-of-one", "windows", launch(3, 5, 1, 1, [8, 4])
    yield "window-of-one-with-stride", "windows", launch(4, 8, 1, 2, [4, 2])
    yield "negative-numbers", "windows", launch(4, 6, 2, 2, [8, 4], sign=-1)
    yield "overlapping-windows", "windows", launch(5, 6, 3, 1, [8, 4])
    yield "stride-larger-than-window", "windows", launch(8, 11, 2, 3, [8, 4])
    yield "map-that-does-not-divide", "windows", launch(7, 9, 2, 2, [8, 4])
    yield "wide-map", "blocks", launch(5, 40, 3, 2, [8, 4])
    yield "tall-map", "blocks", launch(25, 7, 2, 2, [8, 4])
    yield "four-blocks", "blocks", launch(13, 22, 3, 2, [8, 4])
