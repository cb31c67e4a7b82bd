"""The block without a concatenation: its maps are there from the beginning, and are filled in turn.

A map that is not filled yet is zero, so a layer can take all maps at once.
"""

from collections.abc import Sequence

import numpy as np


def dense_block(
    x: np.ndarray, layer_weights: Sequence[np.ndarray], transition_weight: np.ndarray | None = None
) -> np.ndarray:
    """Return the maps of the block, or those of its transition layer."""
    images, first, height, width = x.shape
    channels = first + sum(len(weight) for weight in layer_weights)
    framed = np.zeros((images, channels, height + 2, width + 2))
    maps = framed[:, :, 1:-1, 1:-1]
    maps[:, :first] = x
    # windows[n, c, i, j, u, v] looks into the frame: what is filled in later is seen there too.
    windows = np.lib.stride_tricks.sliding_window_view(framed, (3, 3), axis=(2, 3))
    for weight in layer_weights:
        k, seen = weight.shape[:2]
        kernels = np.zeros((k, channels, 3, 3))
        kernels[:, :seen] = weight
        maps[:, seen : seen + k] = np.einsum("ncijuv,ocuv->noij", windows.clip(min=0), kernels)
    return maps if transition_weight is None else _transition(maps, transition_weight)


def _transition(maps: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the pooled maps: four pixels in two axes of their own, weighted and added at once."""
    images, channels, height, width = maps.shape
    rows, columns = height // 2, width // 2
    whole = maps[:, :, : 2 * rows, : 2 * columns]
    folded = whole.reshape(images, channels, rows, 2, columns, 2)
    return np.einsum("nciujv,mc->nmij", folded, weight[:, :, 0, 0]) / 4
