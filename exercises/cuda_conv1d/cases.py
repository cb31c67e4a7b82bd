"""Vectors whose windows reach into the next block, and weights from one to eight."""

import numpy as np

THREADS = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(windows, weights):
        # Weights that grow, so that a flipped kernel shows.
        size = windows + weights - 1
        return {
            "grid": -(-windows // THREADS),
            "block": THREADS,
            "out": np.full(windows, np.nan, np.float32),
            "x": rng.integers(1, 20, size).astype(np.float32),
            "weight": np.cumsum(rng.integers(1, 4, weights)).astype(np.float32),
        }

    yield "one-window-of-one", "one-block", launch(1, 1)
    yield "one-weight", "one-block", launch(19, 1)
    yield "windows-inside-one-block", "one-block", launch(20, 3)
    yield "weights-that-read-the-same-both-ways", "one-block", _mirrored(launch(21, 3))
    yield "block-that-is-full", "one-block", launch(32, 4)
    yield "full-blocks-and-one-weight", "blocks", launch(64, 1)
    yield "eight-weights", "blocks", launch(71, 8)
    yield "a-last-block-of-one", "blocks", launch(65, 5)


def _mirrored(inputs):
    weight = inputs["weight"]
    return inputs | {"weight": weight + weight[::-1]}
