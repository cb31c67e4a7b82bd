"""The table of a network, read off arrays of these shapes; broadcasting keeps them all empty."""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def network_summary(layers: list[dict[str, Any]], input_shape: list[int]) -> list[list[int]]:
    """Return a row [channels, height, width, parameters] for each layer."""
    image = _of_shape(*input_shape)
    table = []
    for layer in layers:
        image, learnt = LAYERS[layer["kind"]](layer, image)
        table.append([*image.shape, sum(array.size for array in learnt)])
    return table


def _of_shape(*shape: int) -> np.ndarray:
    """Return an array of one number that is seen everywhere: VGG-16 takes no memory."""
    return np.broadcast_to(np.int8(0), shape)


def _conv(layer: dict[str, Any], image: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    out_channels, size = layer["out_channels"], layer["kernel_size"]
    channels, *pixels = image.shape
    padded = _of_shape(channels, *(n + 2 * layer["padding"] for n in pixels))
    _, height, width, *kernel = _windows(padded, size, layer["stride"]).shape
    weight, bias = _of_shape(out_channels, channels, *kernel), _of_shape(out_channels)
    return _of_shape(out_channels, height, width), [weight, bias]


def _pool(layer: dict[str, Any], image: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    return _windows(image, layer["kernel_size"], layer["stride"])[..., 0, 0], []


def _windows(image: np.ndarray, size: int, stride: int) -> np.ndarray:
    """Return all windows, shape (channels, height, width, size, size)."""
    return sliding_window_view(image, (size, size), axis=(1, 2))[:, ::stride, ::stride]


def _flatten(layer: dict[str, Any], image: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    return _of_shape(image.size, 1, 1), []


def _dense(layer: dict[str, Any], image: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    units = layer["units"]
    return _of_shape(units, 1, 1), [_of_shape(image.size, units), _of_shape(units)]


LAYERS = {
    "conv": _conv,
    "max_pool": _pool,
    "avg_pool": _pool,
    "flatten": _flatten,
    "dense": _dense,
}
