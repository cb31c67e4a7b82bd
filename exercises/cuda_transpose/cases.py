"""Matrices of one tile and of several, whose sides are no multiple of a tile."""

import numpy as np

TILE, ROWS = 32, 4


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def matrix(height, width):
        # All different, so that an element in the wrong place shows.
        a = rng.permutation(np.arange(1, height * width + 1)).reshape(height, width)
        return {
            "grid": [-(-width // TILE), -(-height // TILE)],
            "block": [TILE, ROWS],
            "out": np.full((width, height), np.nan, np.float32),
            "a": a.astype(np.float32),
        }

    yield "one-element", "one-tile", matrix(1, 1)
    yield "one-row", "one-tile", matrix(1, 20)
    yield "one-column", "one-tile", matrix(20, 1)
    yield "square-that-does-not-fill-its-tile", "one-tile", matrix(17, 17)
    yield "tile-that-is-full", "one-tile", matrix(32, 32)
    yield "two-tiles-side-by-side", "tiles", matrix(9, 45)
    yield "two-tiles-on-top-of-each-other", "tiles", matrix(40, 12)
    yield "four-tiles", "tiles", matrix(35, 38)
