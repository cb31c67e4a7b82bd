"""All shifts at once: views of one widened map, pooled by folding each window into two axes."""

import numpy as np


def pooling_invariance(
    x: np.ndarray, kernel_size: int, max_shift: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return (map_unchanged, pooled_unchanged)."""
    height, width = x.shape
    widened = np.pad(x, ((0, 0), (max_shift, 0)))
    views = np.lib.stride_tricks.sliding_window_view(widened, width, axis=1)
    moved = np.moveaxis(views, 1, 0)[::-1]  # the last view begins with x itself: no shift

    down, across = height // kernel_size, width // kernel_size
    whole = moved[:, : down * kernel_size, : across * kernel_size]
    folded = whole.reshape(-1, down, kernel_size, across, kernel_size)
    return _share_of_the_first(moved), _share_of_the_first(folded.max(axis=(2, 4)))


def _share_of_the_first(maps: np.ndarray) -> np.ndarray:
    """Return for each map the share of places that hold the number of the first map."""
    same: np.ndarray = maps == maps[0]
    return same.sum(axis=(1, 2)) / maps[0].size
