"""Shuffled mini-batches: a random order of all samples, cut into pieces."""

import numpy as np


def shuffle_batches(num_samples, batch_size, seed):
    """Return one epoch as a list of index arrays; only the last may be shorter."""
    order = np.random.default_rng(seed).permutation(num_samples)
    return [order[start : start + batch_size] for start in range(0, num_samples, batch_size)]
