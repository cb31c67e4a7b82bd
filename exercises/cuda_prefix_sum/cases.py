"""Vectors of one block and of several, the last of them not full."""

import numpy as np

THREADS = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def vector(size, blocks):
        # Whole numbers, exact in float32 in whatever order they are added; none is zero.
        a = rng.integers(1, 50, size).astype(np.float32)
        out = np.full(size, np.nan, np.float32)
        return {"grid": blocks, "block": THREADS, "out": out, "a": a}

    yield "one-element", "one-block", vector(1, 1)
    yield "three-elements", "one-block", vector(3, 1)
    yield "block-that-is-not-full", "one-block", vector(21, 1)
    yield "block-that-is-full", "one-block", vector(32, 1)
    yield "a-last-block-of-one", "blocks", vector(65, 3)
    yield "a-last-block-of-thirty", "blocks", vector(94, 3)
