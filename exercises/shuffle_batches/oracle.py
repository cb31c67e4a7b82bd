"""One possible answer; judge.py accepts every other shuffle that keeps the rules."""

import random

import numpy as np


def shuffle_batches(num_samples: int, batch_size: int, seed: int) -> list[np.ndarray]:
    """Return one epoch of batches, the order drawn by Fisher and Yates' shuffle."""
    draw = random.Random(seed)
    remaining = list(range(num_samples))
    batches: list[list[int]] = []
    while remaining:
        chosen = draw.randrange(len(remaining))
        remaining[chosen], remaining[-1] = remaining[-1], remaining[chosen]
        if not batches or len(batches[-1]) == batch_size:
            batches.append([])
        batches[-1].append(remaining.pop())
    return [np.array(batch, dtype=np.int64) for batch in batches]
