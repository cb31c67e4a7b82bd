"""Columns and rows of different lengths, and launches that go beyond the table."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(height, width, grid, block):
        # Tenths of one vector and units of the other: every sum names its row and its column.
        return {
            "grid": grid,
            "block": block,
            "out": np.full((height, width), np.nan, np.float32),
            "column": (rng.permutation(np.arange(1, height + 1)) / 8).astype(np.float32),
            "row": (rng.permutation(np.arange(1, width + 1)) * 16).astype(np.float32),
        }

    yield "one-block-that-fits", "one-block", launch(4, 4, [1, 1], [4, 4])
    yield "one-cell", "one-block", launch(1, 1, [1, 1], [2, 2])
    yield "short-row", "one-block", launch(4, 3, [1, 1], [8, 4])
    yield "short-column", "one-block", launch(3, 8, [1, 1], [8, 4])
    yield "blocks-that-fit", "blocks", launch(8, 16, [2, 2], [8, 4])
    yield "row-of-three-blocks", "blocks", launch(3, 70, [3, 1], [32, 4])
    yield "column-of-three-blocks", "blocks", launch(21, 5, [1, 3], [8, 8])
