"""Convolution: the first window, its kernel, the products and their sum."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reference.worked_examples.blackboard import beside, block, number, signed, total

CHANNELS = 3  # that are written out


def convolution(inputs: dict[str, Any], answer: Any) -> str:
    """Return the first window of a convolution layer, laid out."""
    return _layer(inputs, answer, inputs["weight"])


def true_convolution(inputs: dict[str, Any], answer: Any) -> str:
    """Return the first window of a true convolution, whose kernel is turned by half a turn."""
    turned = inputs["weight"][..., ::-1, ::-1]
    return _layer(inputs, answer, turned, "turned kernel")


def convolution_1d(inputs: dict[str, Any], answer: Any) -> str:
    """Return the first window of a convolution along one axis."""
    flat = {name: inputs[name][:, :, np.newaxis] for name in ("x", "weight")}
    along = (0, inputs.get("padding", 0))
    one_row = inputs | flat | {"padding": along}
    return _layer(one_row, answer[:, :, np.newaxis], flat["weight"])


def one_channel(inputs: dict[str, Any], answer: Any) -> str:
    """Return the first window of one image and one kernel."""
    image, kernel = inputs["image"], inputs["kernel"]
    if inputs.get("mode", "valid") == "same":
        image = np.pad(image, [((size - 1) // 2, size // 2) for size in kernel.shape])
    return _laid_out(image[np.newaxis], kernel[np.newaxis], None, answer)


def _layer(
    inputs: dict[str, Any], answer: Any, weight: np.ndarray, kernel_name: str = "kernel"
) -> str:
    if answer.size == 0:
        return ""
    rows, columns = np.broadcast_to(inputs.get("padding", 0), 2)
    image = np.pad(inputs["x"][0], ((0, 0), (rows, rows), (columns, columns)))
    bias = None if inputs.get("bias") is None else inputs["bias"][0]
    gap = inputs.get("dilation", 1)
    text = _laid_out(image, weight[0], bias, answer[0, 0], gap, kernel_name)
    return "\n\n".join([*_told(inputs), text])


def _told(inputs: dict[str, Any]) -> list[str]:
    """Return how the windows lie, where it is not the plain way."""
    plain = {"padding": 0, "stride": 1, "dilation": 1}
    said = [
        f"{name} {np.max(inputs[name])}"
        for name, value in plain.items()
        if np.max(inputs.get(name, value)) != value
    ]
    return [", ".join(said)] if said else []


def _laid_out(
    image: np.ndarray,
    kernel: np.ndarray,
    bias: Any,
    answer: np.ndarray,
    gap: int = 1,
    kernel_name: str = "kernel",
) -> str:
    """Return the first window over all channels (C, H, W), then the whole map."""
    height, width = kernel.shape[-2:]
    down, right = np.broadcast_to(gap, 2)
    window = image[:, : (height - 1) * down + 1 : down, : (width - 1) * right + 1 : right]
    sums = np.sum(window * kernel, axis=(1, 2))
    several = len(kernel) > 1
    parts = [
        _channel(window[c], kernel[c], kernel_name, f", channel {c}" if several else "")
        for c in range(min(len(kernel), CHANNELS))
    ]
    if several or bias is not None:
        parts.append(_added(sums, bias))
    parts.append("\n".join(block("all windows", answer)))
    return "\n\n".join(parts)


def _channel(window: np.ndarray, kernel: np.ndarray, kernel_name: str, which: str) -> str:
    products = window * kernel
    return beside(
        block(f"window{which}", window),
        "×",
        block(kernel_name, kernel),
        "=",
        block("products", products),
        f"sum {number(products.sum())}",
    )


def _added(sums: Sequence[Any] | np.ndarray, bias: Any) -> str:
    """Return the sum over the channels, and the bias."""
    terms = [signed(value) for value in sums]
    result = np.sum(sums)
    if bias is not None:
        terms.append(f"bias {signed(bias)}")
        result = result + bias
    return f"{total(terms)} = {number(result)}"
