"""Images, and launches that cover them exactly or go beyond the right or the lower edge."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(height, width, grid, block):
        image = rng.permutation(np.arange(1, height * width + 1)) / (height * width + 2)
        return {
            "grid": grid,
            "block": block,
            "out": np.full((height, width), np.nan, np.float32),
            "image": image.reshape(height, width).astype(np.float32),
        }

    yield "one-block-that-fits", "one-block", launch(4, 4, [1, 1], [4, 4])
    yield "one-pixel", "one-block", launch(1, 1, [1, 1], [2, 2])
    yield "threads-beyond-the-right-edge", "one-block", launch(4, 7, [1, 1], [8, 4])
    yield "threads-below-the-last-row", "one-block", launch(3, 8, [1, 1], [8, 4])
    yield "blocks-that-fit", "blocks", launch(8, 16, [2, 2], [8, 4])
    yield "two-blocks-on-top-of-each-other", "blocks", launch(7, 30, [1, 2], [32, 4])
    yield "wide-image", "blocks", launch(3, 70, [3, 1], [32, 4])
    yield "tall-image", "blocks", launch(21, 5, [1, 3], [8, 8])
