"""Inputs of every size that a grid may fit badly; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(grid, block, size):
        a = rng.integers(-50, 50, size).astype(np.float32) / np.float32(4)
        # What out holds before the launch is no answer: numbers that a + 10 never gives.
        out = np.full(size, -1000, np.float32)
        return {"grid": grid, "block": block, "out": out, "a": a}

    yield "one-block-that-fits", "sizes", launch(1, 8, 8)
    yield "two-blocks-that-fit", "sizes", launch(2, 16, 32)
    yield "more-threads-than-elements", "sizes", launch(1, 32, 20)
    yield "last-block-half-empty", "sizes", launch(3, 16, 41)
    yield "one-element", "sizes", launch(1, 32, 1)
    yield "one-element-one-thread", "sizes", launch(1, 1, 1)
    yield "a-block-too-many", "sizes", launch(4, 8, 24)
    yield "a-warp-and-a-half-a-block", "values", launch(3, 48, 130)
    yield "large-numbers", "values", _scaled(launch(2, 16, 29), np.float32(2**20))


def _scaled(inputs, factor):
    return inputs | {"a": inputs["a"] * factor}
