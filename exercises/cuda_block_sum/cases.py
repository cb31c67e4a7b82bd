"""Vectors whose last block is full, half empty or has one element."""

import numpy as np

THREADS = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def vector(size, blocks):
        # Whole numbers, exact in float32 in whatever order they are added; none is zero.
        a = rng.integers(1, 100, size) * rng.choice([-1, 1])
        out = np.full(blocks, np.nan, np.float32)
        return {"grid": blocks, "block": THREADS, "out": out, "a": a.astype(np.float32)}

    yield "one-element", "one-block", vector(1, 1)
    yield "less-than-half-a-block", "one-block", vector(5, 1)
    yield "block-that-is-not-full", "one-block", vector(23, 1)
    yield "block-that-is-full", "one-block", vector(32, 1)
    yield "full-blocks", "blocks", vector(96, 3)
    yield "a-last-block-of-one", "blocks", vector(65, 3)
    yield "a-last-block-of-thirty", "blocks", vector(94, 3)
