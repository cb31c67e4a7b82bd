"""Values that meet in one bin, that fill all of them, and that lie outside."""

import numpy as np

BINS = 8
THREADS = 32


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def launch(values, blocks):
        counts = np.zeros(BINS, np.int32)
        values = np.asarray(values, np.int32)
        return {"grid": blocks, "block": THREADS, "counts": counts, "values": values}

    def drawn(size):
        # Every bin is met, the later ones more often.
        return np.sqrt(rng.permutation(size) / size * BINS**2)

    yield "one-value", "one-block", launch([rng.integers(1, BINS - 1)], 1)
    yield "every-thread-its-own-bin", "one-block", launch(np.arange(BINS), 1)
    yield "each-value-once", "one-block", launch(rng.permutation(BINS), 1)
    yield "all-in-one-bin", "one-block", launch(np.full(23, 5), 1)
    yield "three-values-a-thread", "one-block", launch(drawn(90), 1)
    yield "values-too-large", "outside", launch(rng.permutation([*range(BINS), 8, 9, 11, 40]), 1)
    yield "values-below-zero", "outside", launch(rng.permutation([*range(BINS), -1, -3, -8]), 1)
    yield "two-blocks", "blocks", launch(drawn(50), 2)
    yield "three-blocks-that-walk", "blocks", launch(drawn(205), 3)
