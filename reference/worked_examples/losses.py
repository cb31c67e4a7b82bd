"""Losses: what each place costs, and the mean of it."""

import math
from typing import Any

import numpy as np

from reference.worked_examples.blackboard import beside, block, number, signed, table, total


def cross_entropy(inputs: dict[str, Any], answer: Any) -> str:
    """Return p, t and -t·log(p) of the first sample, then the mean over the samples."""
    predictions, targets = (np.atleast_2d(inputs[k]) for k in ("predictions", "targets"))
    base = inputs.get("base", math.e)
    log = _logarithm(base)
    if predictions.size == 0:
        return ""
    costs = -targets * np.log(np.where(targets == 0, 1, predictions)) / math.log(base)
    rows = zip(predictions[0], targets[0], costs[0], strict=True)
    first = f"{table(['p', 't', f'-t·{log}(p)'], rows)}\nsum {number(costs[0].sum())}"
    return _mean(first, costs.sum(axis=1))


def softmax_cross_entropy(inputs: dict[str, Any], answer: Any) -> str:
    """Return logits, softmax, t, the loss and the gradient p - t of the first sample."""
    logits, targets = inputs["logits"], inputs["targets"]
    if logits.size == 0:
        return ""
    shifted = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    costs = np.where(targets == 0, 0, -targets * log_p)
    rows = zip(logits[0], p[0], targets[0], costs[0], p[0] - targets[0], strict=True)
    headers = ["z", "p = softmax(z)", "t", "-t·ln(p)", "p - t"]
    first = f"{table(headers, rows)}\nsum of -t·ln(p): {number(costs[0].sum())}"
    return _mean(first, costs.sum(axis=1))


def binary_cross_entropy(inputs: dict[str, Any], answer: Any) -> str:
    """Return of each prediction which logarithm counts, and the mean of them."""
    h, y = (np.ravel(inputs[k]).astype(float) for k in ("predictions", "targets"))
    base = inputs.get("base", math.e)
    with np.errstate(divide="ignore"):
        yes = np.where(y == 0, 0, -y * np.log(np.where(y == 0, 1, h))) / math.log(base)
        no = np.where(y == 1, 0, -(1 - y) * np.log(np.where(y == 1, 1, 1 - h))) / math.log(base)
    log = _logarithm(base)
    headers = ["h", "y", f"-y·{log}(h)", f"-(1 - y)·{log}(1 - h)", "loss"]
    rows = table(headers, zip(h, y, yes, no, yes + no, strict=True))
    return _mean(rows, yes + no, "prediction") if h.size else ""


def multi_label_cross_entropy(inputs: dict[str, Any], answer: Any) -> str:
    """Return of each label its sigmoid and what it costs, and the mean of them."""
    z, y = (np.ravel(inputs[k]).astype(float) for k in ("logits", "targets"))
    costs = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - z * y
    rows = zip(z, np.exp(-np.logaddexp(0, -z)), y, costs, strict=True)
    headers = ["z", "h = sigmoid(z)", "y", "-y·ln(h) - (1 - y)·ln(1 - h)"]
    return _mean(table(headers, rows), costs, "label") if z.size else ""


def squared_error(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of differences and their squares, and what is made of their sum."""
    squares = (inputs["predictions"] - inputs["targets"]) ** 2
    if squares.size == 0:
        return ""
    reduction = inputs.get("reduction", "mean")
    said = f"sum of the squares: {number(squares.sum())}"
    if reduction == "mean":
        said += _over(squares.sum(), squares.size, "numbers")
    if reduction == "per_sample":
        said += _over(squares.sum(), len(squares), "samples")
    return f"{_squares(inputs)}\n{said}"


def root_of_squared_error(inputs: dict[str, Any], answer: Any) -> str:
    """Return the table of differences and their squares, their mean and its root."""
    squares = (inputs["predictions"] - inputs["targets"]) ** 2
    if squares.size == 0:
        return ""
    mean = f"sum of the squares: {number(squares.sum())}"
    mean += _over(squares.sum(), squares.size, "numbers")
    root = f"root: √{number(squares.mean())} = {number(np.sqrt(squares.mean()))}"
    return f"{_squares(inputs)}\n{mean}\n{root}"


def regression_cost(inputs: dict[str, Any], answer: Any) -> str:
    """Return of each point the line, the difference and its square, and the mean."""
    theta, x, y = inputs["theta"], inputs["x"], inputs["y"]
    features = x.reshape(len(x), -1)
    line = theta[0] + features @ theta[1:]
    slopes = total([f"{signed(t)}·{_feature(k, len(theta))}" for k, t in enumerate(theta[1:], 1)])
    said = f"line: {number(theta[0])} + {slopes}"
    columns = zip(*features.T[:3], line, y, line - y, (line - y) ** 2, strict=True)
    names = [_feature(k, len(theta)) for k in range(1, min(features.shape[1], 3) + 1)]
    rows = table([*names, "line", "y", "difference", "its square"], columns)
    return _mean(f"{said}\n\n{rows}", (line - y) ** 2, "point") if len(x) else ""


def normal_equation(inputs: dict[str, Any], answer: Any) -> str:
    """Return the equation XᵀX·θ = Xᵀy of the points, and its solution."""
    x = inputs["x"].reshape(len(inputs["x"]), -1)
    features = np.column_stack([np.ones(len(x)), x])
    squares, right = features.T @ features, features.T @ inputs["y"]
    return "\n\n".join(
        [
            beside(block("X", features), block("y", inputs["y"][:, np.newaxis])),
            beside(
                block("XᵀX", squares),
                "·",
                block("θ", [[f"θ{k}"] for k in range(len(right))]),
                "=",
                block("Xᵀy", right[:, np.newaxis]),
            ),
            "solved: " + ", ".join(f"θ{k} = {number(t)}" for k, t in enumerate(answer)),
        ]
    )


def _feature(number_of_it: int, parameters: int) -> str:
    return "x" if parameters == 2 else f"x{number_of_it}"


def _squares(inputs: dict[str, Any]) -> str:
    p, t = np.ravel(inputs["predictions"]), np.ravel(inputs["targets"])
    headers = ["prediction", "target", "difference", "its square"]
    return table(headers, zip(p, t, p - t, (p - t) ** 2, strict=True))


def _over(whole: Any, count: int, of: str) -> str:
    return f"\nmean: {number(whole)} / {count} {of} = {number(whole / count)}"


def _mean(first: str, costs: np.ndarray, of: str = "sample") -> str:
    """Return the first table and, where there are several costs, their mean."""
    if len(costs) == 1:
        return first
    terms = total([signed(cost) for cost in costs])
    said = f"mean over the {len(costs)} {of}s: ({terms}) / {len(costs)} = {number(costs.mean())}"
    return f"{first}\n{said}" if of != "sample" else f"first sample:\n{first}\n\n{said}"


def _logarithm(base: float) -> str:
    return "ln" if base == math.e else f"log{number(base)}"
