"""The filters as differences between a pixel and its neighbours: no kernel and no padding."""

import numpy as np


def image_filters(image: np.ndarray, border: str = "zeros") -> np.ndarray:
    """Return the maps of sharpen, edge detect and strong edge detect, shape (3, H, W)."""
    pixels = image.astype(np.float64)
    above, below = (_moved(pixels, step, 0, border) for step in (-1, 1))
    left, right = (_moved(pixels, step, 1, border) for step in (-1, 1))
    # What the four neighbours rise above the pixel (a discrete Laplacian).
    edges = (above - pixels) + (below - pixels) + (left - pixels) + (right - pixels)

    # Smoothed along the row with 1 2 1, then the row below minus the row above. What stands above
    # the smoothed image is the smoothed border: zero rows stay zero, repeated rows repeat.
    smooth = left + 2 * pixels + right
    strong = _moved(smooth, 1, 0, border) - _moved(smooth, -1, 0, border)
    return np.stack([pixels - edges, edges, strong])


def _moved(pixels: np.ndarray, step: int, axis: int, border: str) -> np.ndarray:
    """Return for each pixel its neighbour, `step` places on."""
    size = pixels.shape[axis]
    places = np.arange(size) + step
    neighbours = np.take(pixels, np.clip(places, 0, size - 1), axis)
    if border == "zeros":
        outside = (places < 0) | (places >= size)
        neighbours[outside if axis == 0 else (slice(None), outside)] = 0
    return neighbours
