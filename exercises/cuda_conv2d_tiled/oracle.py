"""Nine shifted copies of the framed image, each times its weight, in double precision."""

from collections.abc import Sequence

import numpy as np


def cuda_conv2d_tiled(
    grid: Sequence[int],
    block: Sequence[int],
    out: np.ndarray,
    image: np.ndarray,
    weight: np.ndarray,
) -> np.ndarray:
    """Return the cross-correlation with zeros around the image."""
    height, width = image.shape
    framed = np.pad(image.astype(np.float64), 1)
    shifted = [framed[u : u + height, v : v + width] for u in range(3) for v in range(3)]
    return np.tensordot(weight.ravel().astype(np.float64), shifted, 1).astype(out.dtype)
