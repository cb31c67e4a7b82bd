"""Vectors, and launches with as many threads as elements, or more."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def vector(size, blocks, threads):
        # All different, so that an element in the wrong place shows.
        a = rng.permutation(np.arange(1, size + 1)).astype(np.float32)
        out = np.full(size, np.nan, np.float32)
        return {"grid": blocks, "block": threads, "out": out, "a": a}

    yield "as-many-threads-as-elements", "one-block", vector(8, 1, 8)
    yield "more-threads-than-elements", "one-block", vector(5, 1, 8)
    yield "one-element", "one-block", vector(1, 1, 4)
    yield "blocks-that-are-all-full", "blocks", vector(32, 4, 8)
    yield "a-last-block-of-three", "blocks", vector(35, 3, 16)
    yield "a-last-block-of-one", "blocks", vector(65, 3, 32)
    yield "a-block-with-nothing-to-do", "blocks", vector(30, 3, 16)
