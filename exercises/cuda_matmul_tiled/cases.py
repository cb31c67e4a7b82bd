"""Matrices whose sides are smaller than a tile, a multiple of it, and neither."""

import numpy as np

TILE = 8


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(height, inner, width):
        # Small whole numbers without zero: sums are exact, and every term shows.
        return {
            "grid": [-(-width // TILE), -(-height // TILE)],
            "block": [TILE, TILE],
            "out": np.full((height, width), np.nan, np.float32),
            "a": rng.integers(1, 10, (height, inner)).astype(np.float32),
            "b": rng.integers(1, 10, (inner, width)).astype(np.float32),
        }

    yield "one-product", "one-tile", launch(1, 1, 1)
    yield "column-times-row", "one-tile", launch(5, 1, 7)
    yield "tile-that-is-full", "one-tile", launch(8, 8, 8)
    yield "row-times-column", "many-tiles", launch(1, 20, 1)
    yield "two-full-tiles", "many-tiles", launch(8, 16, 8)
    yield "inner-size-that-does-not-divide", "many-tiles", launch(8, 11, 8)
    yield "two-blocks-side-by-side", "many-tiles", launch(3, 6, 13)
    yield "nothing-divides", "many-tiles", launch(9, 19, 5)
