"""Vectors shorter and longer than the grid."""

import numpy as np

THREADS = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def vectors(size, blocks):
        # Whole numbers from 1 on: every sum is exact in float32, and no product is lost unseen.
        a, b = rng.integers(1, 20, (2, size)).astype(np.float32)
        out = np.zeros(1, np.float32)
        return {"grid": blocks, "block": THREADS, "out": out, "a": a, "b": b}

    yield "one-product", "one-block", vectors(1, 1)
    yield "fewer-products-than-threads", "one-block", vectors(19, 1)
    yield "as-many-products-as-threads", "one-block", vectors(32, 1)
    yield "three-products-a-thread", "one-block", vectors(85, 1)
    yield "two-blocks", "blocks", vectors(50, 2)
    yield "a-block-with-nothing-to-do", "blocks", vectors(45, 3)
    yield "three-blocks-that-walk", "blocks", vectors(205, 3)
