"""Three epochs: a seed, the same seed again, another seed."""

import numpy as np


def run(entry, inputs):
    """Return the batches of each epoch."""
    num_samples, batch_size, seed = (inputs[k] for k in ("num_samples", "batch_size", "seed"))
    seeds = {"epoch": seed, "again": seed, "other_seed": seed + 1}
    return {
        name: _kept(entry(num_samples=num_samples, batch_size=batch_size, seed=chosen))
        for name, chosen in seeds.items()
    }


def _kept(batches):
    """Copy the arrays: they may be views of one array that the next call shuffles again."""
    if hasattr(batches, "__next__"):
        kind = type(batches).__name__
        raise TypeError(f"shuffle_batches must return a list of arrays: got a {kind} of them")
    if not isinstance(batches, list | tuple):
        return batches
    return [np.array(b) if isinstance(b, np.ndarray) else b for b in batches]
