"""Vectors that end inside a warp and at its end, in blocks of one warp and of two."""

import numpy as np

WARP = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(size, warps_a_block):
        # Whole numbers, exact in float32 in whatever order they are added; none is zero.
        threads = warps_a_block * WARP
        return {
            "grid": -(-size // threads),
            "block": threads,
            "out": np.full(-(-size // WARP), np.nan, np.float32),
            "a": rng.integers(1, 100, size).astype(np.float32),
        }

    yield "one-element", "one-warp", launch(1, 1)
    yield "half-a-warp", "one-warp", launch(16, 1)
    yield "warp-that-is-not-full", "one-warp", launch(27, 1)
    yield "warp-that-is-full", "one-warp", launch(32, 1)
    yield "equal-elements", "one-warp", _all(launch(32, 1), rng.integers(2, 9))
    yield "blocks-of-one-warp", "many-warps", launch(78, 1)
    yield "blocks-of-two-warps", "many-warps", launch(128, 2)
    yield "a-last-block-with-one-warp", "many-warps", launch(85, 2)


def _all(inputs, number):
    return inputs | {"a": np.full_like(inputs["a"], number)}
