"""Activation functions: a line for each number."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from reference.worked_examples.blackboard import number, products, signed, table, total

SLOPES = {
    "sigmoid": "s · (1 - s), with s = 1 / (1 + exp(-x))",
    "tanh": "1 - t², with t = tanh(x)",
    "relu": "1 where x > 0, else 0",
    "leaky_relu": "1 where x > 0, else 0.01",
}


def sigmoid(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of x, exp(-x), 1 + exp(-x) and its reciprocal."""
    with np.errstate(over="ignore"):  # far below zero exp(-x) is inf, and its reciprocal 0
        rows = [[x, e := np.exp(-x), 1 + e, 1 / (1 + e)] for x in _numbers(inputs["x"])]
    return table(["x", "exp(-x)", "1 + exp(-x)", "1 / (1 + exp(-x))"], rows)


def tanh(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of x, both exponentials, and their difference over their sum."""
    with np.errstate(over="ignore"):
        rows = [[x, np.exp(x), np.exp(-x), np.tanh(x)] for x in _numbers(inputs["x"])]
    return table(["x", "a = exp(x)", "b = exp(-x)", "(a - b) / (a + b)"], rows)


def relu(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of x and the larger of x and 0."""
    rows = ([x, f"max(0, {number(x)})", np.maximum(0, x)] for x in _numbers(inputs["x"]))
    return table(["x", "relu(x)", "="], rows)


def leaky_relu(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of x and x, or x times the slope where it is negative."""
    slope = inputs.get("negative_slope", 0.01)
    rows = (
        [x, number(x) if not x < 0 else f"{number(slope)} · {signed(x)}", x * slope if x < 0 else x]
        for x in _numbers(inputs["x"])
    )
    return table(["x", "leaky_relu(x)", "="], rows)


def slope(inputs: dict[str, Any], answer: Any) -> str:
    """Return the formula of the slope, and the table of x and the slope there."""
    formula = f"slope of {inputs['name']}: {SLOPES[inputs['name']]}"
    pairs = zip(_numbers(inputs["x"]), np.ravel(answer), strict=False)
    return f"{formula}\n\n{table(['x', 'slope'], pairs)}"


def softmax(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of x, its exponential, and the exponential over the sum of all."""
    x = _first_row(inputs["x"], inputs.get("axis", -1))
    if x is None:
        return ""
    exponentials = np.exp(x - x.max())
    told, largest = ("exp(x)", np.exp(x)) if x.max() < 20 else _shifted(x)
    rows = zip(x, largest, exponentials / exponentials.sum(), strict=True)
    return f"{table(['x', told, '/ sum'], rows)}\nsum of the exponentials: {number(largest.sum())}"


def log_softmax(inputs: dict[str, Any], answer: Any) -> str:
    """Return the logarithm of the sum of the exponentials, and the table of x minus it."""
    x = _first_row(inputs["x"], inputs.get("axis", -1))
    if x is None:
        return ""
    logarithm = x.max() + np.log(np.sum(np.exp(x - x.max())))
    rows = ([value, f"{number(value)} - {signed(logarithm)}", value - logarithm] for value in x)
    exponentials = total([f"exp({number(value)})" for value in x])
    said = f"ln({exponentials}) = {number(logarithm)}"
    return f"{said}\n\n{table(['x', 'x - that', '='], rows)}"


def softmax_gradient(inputs: dict[str, Any], answer: Any) -> str:
    """Return the mean of the gradients, weighted by p, and the table p · (gradient - mean)."""
    axis = inputs.get("axis", -1)
    x, gradient = (_first_row(inputs[name], axis) for name in ("x", "grad_output"))
    if x is None or gradient is None:
        return ""
    p = np.exp(x - x.max()) / np.sum(np.exp(x - x.max()))
    mean = p @ gradient
    said = f"Σ p·gradient = {products(p, gradient)} = {number(mean)}"
    rows = zip(x, p, gradient, gradient - mean, p * (gradient - mean), strict=True)
    headers = ["x", "p = softmax(x)", "gradient", "gradient - Σ", "p · (gradient - Σ)"]
    return f"{said}\n\n{table(headers, rows)}"


def scaled_targets(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of targets between low and high."""
    low, high = inputs.get("low", 0.01), inputs.get("high", 0.99)
    span = f"{number(low)} + t · ({number(high)} - {signed(low)})"
    values = np.unique(np.ravel(inputs["targets"]))
    return table(["t", span], ([t, low + t * (high - low)] for t in values)) if values.size else ""


def one_hot(inputs: dict[str, Any], answer: Any) -> str:
    """Return each label beside its row."""
    labels = np.ravel(inputs["labels"])
    if answer.size == 0:
        return ""
    classes = [f"class {inputs.get('first_class', 0) + k}" for k in range(answer.shape[-1])][:8]
    rows = zip(labels, answer.reshape(len(labels), -1)[:, :8], strict=True)
    return table(["label", *classes], ([label, *row] for label, row in rows))


def through_layers(inputs: dict[str, Any], answer: Any) -> str:
    """Return the slope of every layer, and what the layers from there on let through."""
    name, value, layers = inputs["activation"], inputs["x"], []
    for weight in inputs["weights"]:
        z = weight * value
        value, steepness = CURVES[name](z)
        layers.append((weight, z, value, steepness, weight * steepness))
    rows = [
        (n, *layer, gradient)
        for n, (layer, gradient) in enumerate(zip(layers, answer, strict=True), start=1)
    ]
    headers = ["layer", "w", "z", f"a = {name}(z)", "slope", "w · slope", "product from here on"]
    return table(headers, rows) if rows else ""


def _sigmoid_and_slope(z: float) -> tuple[float, float]:
    s = float(1 / (1 + np.exp(-z)))
    return s, s * (1 - s)


def _tanh_and_slope(z: float) -> tuple[float, float]:
    t = float(np.tanh(z))
    return t, 1 - t**2


CURVES: dict[str, Callable[[float], tuple[float, float]]] = {
    "sigmoid": _sigmoid_and_slope,
    "tanh": _tanh_and_slope,
    "relu": lambda z: (max(z, 0.0), float(z > 0)),
    "linear": lambda z: (z, 1.0),
}


def _numbers(x: Any) -> Iterable[Any]:
    return np.ravel(x).astype(float)


def _first_row(x: Any, axis: int) -> np.ndarray | None:
    """Return the first line of numbers along the axis, None where there is none."""
    x = np.asarray(x, dtype=float)
    return np.moveaxis(x, axis, -1).reshape(-1, x.shape[axis])[0] if x.size else None


def _shifted(x: np.ndarray) -> tuple[str, np.ndarray]:
    """Return the exponentials after the largest x is subtracted, as nobody writes exp(1000)."""
    return f"exp(x - {signed(x.max())})", np.exp(x - x.max())
