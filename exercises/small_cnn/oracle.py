"""The classes of the held-out images: what a network that is never wrong would answer."""

import numpy as np


def small_cnn(
    images: np.ndarray,
    labels: np.ndarray,
    held_out: np.ndarray,
    epochs: int,
    seed: int,
    held_out_labels: np.ndarray,
) -> np.ndarray:
    """Return probability 1 for the class of each held-out image; only the oracle is told them."""
    return np.eye(10)[held_out_labels]
