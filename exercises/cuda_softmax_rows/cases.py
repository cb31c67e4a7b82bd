"""Rows shorter and longer than a block, far above zero and far below."""

import numpy as np

THREADS = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(rows, size, shift=0.0):
        # The steps are large enough that every number has a share of its own.
        x = np.array([rng.permutation(size) for _ in range(rows)]) * 4 / size - 2 + shift
        return {
            "grid": rows,
            "block": THREADS,
            "out": np.full((rows, size), np.nan, np.float32),
            "x": x.astype(np.float32),
        }

    yield "one-number", "short-rows", launch(1, 1)
    yield "row-of-four", "short-rows", launch(1, 4)
    yield "two-short-rows", "short-rows", launch(2, 21)
    yield "row-that-fills-the-block", "short-rows", launch(1, 32)
    yield "rows-longer-than-a-block", "long-rows", launch(2, 70)
    yield "row-of-two-full-blocks", "long-rows", launch(1, 64)
    yield "far-above-zero", "far-from-zero", launch(2, 5, 1000)
    yield "far-below-zero", "far-from-zero", launch(2, 5, -1000)
