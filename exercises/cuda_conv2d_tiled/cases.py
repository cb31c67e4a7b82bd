"""Images of one block and of several, and kernels that look in one direction."""

import numpy as np

TILE = 8


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(height, width, weight=None):
        # Pixels are never zero, and no two weights are equal: a shift and a flip show.
        if weight is None:
            weight = rng.permutation(np.arange(1, 10)).reshape(3, 3)
        return {
            "grid": [-(-width // TILE), -(-height // TILE)],
            "block": [TILE, TILE],
            "out": np.full((height, width), np.nan, np.float32),
            "image": rng.integers(1, 20, (height, width)).astype(np.float32),
            "weight": np.array(weight, np.float32),
        }

    middle = [[0, 0, 0], [0, 2, 0], [0, 0, 0]]
    corner = [[0, 0, 0], [0, 0, 0], [0, 0, 1]]
    yield "one-pixel", "one-block", launch(1, 1)
    yield "flat-image", "one-block", launch(3, 7)
    yield "block-that-is-full", "one-block", launch(8, 8)
    yield "middle-of-the-window-alone", "one-block", launch(6, 5, middle)
    yield "lower-right-neighbour", "blocks", launch(9, 10, corner)
    yield "two-blocks-side-by-side", "blocks", launch(7, 13)
    yield "two-blocks-on-top-of-each-other", "blocks", launch(12, 8)
    yield "four-blocks", "blocks", launch(10, 11)
