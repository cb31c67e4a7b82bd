"""Pooling: what each window gives, and where its gradient goes."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from reference.worked_examples.blackboard import (
    beside,
    block,
    number,
    signed,
    table,
)

SHOWN = 4  # windows


def max_pooling(inputs: dict[str, Any], answer: Any) -> str:
    """Return the first windows and the largest pixel of each."""
    return _pooled(inputs, answer, -np.inf, lambda window: f"largest {number(window.max())}")


def min_pooling(inputs: dict[str, Any], answer: Any) -> str:
    """Return the first windows and the smallest pixel of each."""
    return _pooled(inputs, answer, np.inf, lambda window: f"smallest {number(window.min())}")


def average_pooling(inputs: dict[str, Any], answer: Any) -> str:
    """Return the first windows, and of each the sum over the number of its pixels."""
    if not inputs.get("count_include_pad", True):
        return _pooled(inputs, answer, np.nan, _mean_of_pixels)
    return _pooled(inputs, answer, 0, _mean_of_pixels)


def global_average(inputs: dict[str, Any], answer: Any) -> str:
    """Return the mean of every channel of the first image as a fraction."""
    if answer.size == 0:
        return ""
    rows = [
        (c, channel.sum(), channel.size, channel.mean()) for c, channel in enumerate(inputs["x"][0])
    ]
    return table(["channel", "sum", "/ pixels", "= mean"], rows)


def max_pooling_gradient(inputs: dict[str, Any], answer: Any) -> str:
    """Return of the first windows where their gradient goes, and what the pixels get."""
    parts = []
    for place, window in _places(inputs, -np.inf, inputs["grad_output"].shape):
        i, j = np.unravel_index(window.argmax(), window.shape)
        gradient = number(inputs["grad_output"][(0, 0, *place)])
        said = f"{gradient} goes to {number(window.max())} at [{i}, {j}]"
        parts.append([*block(f"window {list(place)}", window), said])
    return _with_answer(parts, answer, "what each pixel gets")


def average_pooling_gradient(inputs: dict[str, Any], answer: Any) -> str:
    """Return of the first windows the share of each pixel, and what the pixels get."""
    parts = []
    for place, window in _places(inputs, 0, inputs["grad_output"].shape):
        gradient = inputs["grad_output"][(0, 0, *place)]
        share = f"{signed(gradient)} / {window.size} = {number(gradient / window.size)} each"
        parts.append([*block(f"window {list(place)}", window), share])
    return _with_answer(parts, answer, "what each pixel gets")


def coverage(inputs: dict[str, Any], answer: Any) -> str:
    """Return how many windows see each row and each column: their product is the answer."""
    lines = []
    for axis, name in enumerate(("rows", "columns")):
        seen = number_of_windows(inputs, axis)
        lines.append(f"windows over the {name}: {'  '.join(map(number, seen))}")
    pixel = " × ".join(number(number_of_windows(inputs, axis)[0]) for axis in (0, 1))
    lines.append(f"the first pixel: {pixel} = {number(answer[0, 0])}, and so for all:")
    return "\n".join([*lines, "", *block("windows over each pixel", answer)])


def number_of_windows(inputs: dict[str, Any], axis: int) -> list[int]:
    """Return for each row or column the number of windows that lie over it."""
    size, kernel = inputs["input_size"][axis], inputs["kernel_size"]
    stride, padding = inputs.get("stride", 1), inputs.get("padding", 0)
    starts = range(-padding, size + padding - kernel + 1, stride)
    return [sum(start <= i < start + kernel for start in starts) for i in range(size)]


def _mean_of_pixels(window: np.ndarray) -> str:
    pixels = window[~np.isnan(window)]
    return f"sum {number(pixels.sum())} / {pixels.size} = {number(pixels.mean())}"


def _pooled(
    inputs: dict[str, Any], answer: Any, outside: float, said: Callable[[np.ndarray], str]
) -> str:
    places = _places(inputs, outside, answer.shape)
    parts = [[*block(f"window {list(place)}", window), said(window)] for place, window in places]
    return _with_answer(parts, answer, "all windows")


def _places(
    inputs: dict[str, Any], outside: float, shape: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], np.ndarray]]:
    """Yield index and pixels of the first windows of the first image and channel."""
    if 0 in shape:
        return
    height, width = np.broadcast_to(inputs["kernel_size"], 2)
    stride = inputs.get("stride")
    down, right = np.broadcast_to(inputs["kernel_size"] if stride is None else stride, 2)
    top, left = np.broadcast_to(inputs.get("padding", 0), 2)
    image = inputs["x"][0, 0].astype(float)
    padded = np.pad(image, ((top, top), (left, left)), constant_values=outside)
    for place in list(np.ndindex(shape[2:]))[:SHOWN]:
        i, j = place[0] * down, place[1] * right
        yield place, padded[i : i + height, j : j + width]


def _with_answer(parts: list[list[str]], answer: Any, title: str) -> str:
    if not parts:
        return ""
    return f"{beside(*parts)}\n\n" + "\n".join(block(title, answer[0, 0]))
