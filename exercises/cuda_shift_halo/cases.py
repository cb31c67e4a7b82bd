"""Vectors that end inside a block, at its end and just behind it."""

import numpy as np

THREADS = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def vector(size, blocks):
        # Whole numbers, all different and none zero: a neighbour that is left out shows.
        a = rng.permutation(np.arange(1, size + 1)).astype(np.float32)
        out = np.full(size, np.nan, np.float32)
        return {"grid": blocks, "block": THREADS, "out": out, "a": a}

    yield "one-element", "one-block", vector(1, 1)
    yield "block-that-is-not-full", "one-block", vector(21, 1)
    yield "block-that-is-full", "one-block", vector(32, 1)
    yield "two-full-blocks", "blocks", vector(64, 2)
    yield "a-last-block-of-one", "blocks", vector(65, 3)
    yield "a-last-block-of-six", "blocks", vector(102, 4)
    yield "a-block-with-nothing-to-do", "blocks", vector(50, 3)
