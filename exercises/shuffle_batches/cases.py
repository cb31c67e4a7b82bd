"""The settings in which an epoch is drawn; judge.py looks at what comes out.

One sample has one order; from 24 samples on, chance cannot give an honest shuffle a wrong verdict,
nor (24!) let a seed that is ignored pass. Between the two the verdict would hang on the draw.
"""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def setting(num_samples, batch_size):
        seed = int(rng.integers(2**31))
        return {"num_samples": num_samples, "batch_size": batch_size, "seed": seed}

    yield "one-sample", "batches", setting(1, 1)
    yield "batch-size-divides", "batches", setting(24, 4)
    yield "last-batch-is-smaller", "batches", setting(26, 4)
    yield "last-batch-of-one", "batches", setting(25, 6)
    yield "as-many-batches-as-a-batch-has-samples", "batches", setting(25, 5)
    yield "batch-larger-than-the-data", "batches", setting(24, 32)
    yield "batches-of-one-sample", "order", setting(30, 1)
    yield "one-batch-of-everything", "order", setting(30, 30)
    yield "two-batches", "order", setting(50, 30)
    yield "many-batches", "order", setting(64, 8)
