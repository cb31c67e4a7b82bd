"""Exercise shuffle_batches: `grade show shuffle_batches` prints the task."""

import numpy as np  # noqa: F401


def shuffle_batches(num_samples, batch_size, seed):
    """Return one epoch of mini-batches: every sample exactly once, in a random order.

    Arguments:
        num_samples: how many samples there are; they are numbered 0, 1, ..., num_samples - 1
        batch_size: how many samples a batch holds; only the last batch is smaller, when
            batch_size does not divide num_samples
        seed: what the order is drawn from. The same seed gives the same batches, another seed
            gives other ones

    Returns:
        a list of one-dimensional integer arrays, one per batch, with the numbers of its samples

    Example: five samples in batches of two may give
    [array([3, 0]), array([4, 1]), array([2])].
    """
    raise NotImplementedError("shuffle_batches is not written yet")
