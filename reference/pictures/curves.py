"""Curves: activations, ROC, precision-recall, a loss over its predictions, softmax as bars."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from reference.pictures.sheet import BLUE, GREY, ORANGE, figure, named, only

LABELLED = 8  # points, up to which each has its number
ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda x: np.exp(-np.logaddexp(0, -x)),
    "tanh": np.tanh,
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.01 * x),
    "linear": lambda x: x,
}


def sigmoid(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the sigmoid with the numbers of the case on it."""
    return _activation("sigmoid", inputs["x"], answer, ACTIVATIONS["sigmoid"])


def tanh(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the hyperbolic tangent with the numbers of the case on it."""
    return _activation("tanh", inputs["x"], answer, ACTIVATIONS["tanh"])


def relu(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the rectifier with the numbers of the case on it."""
    return _activation("relu", inputs["x"], answer, ACTIVATIONS["relu"])


def leaky_relu(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the leaky rectifier with the numbers of the case on it."""
    slope = inputs.get("negative_slope", 0.01)
    name = f"leaky relu, slope {slope:g} below 0"
    return _activation(name, inputs["x"], answer, lambda x: np.where(x > 0, x, slope * x))


def slope(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return an activation and its slope, with the slopes of the case."""
    name = inputs["name"]
    sheet = figure(width=6.4)
    axes = only(sheet)
    x = _around(inputs["x"])
    axes.plot(x, ACTIVATIONS[name](x), color=GREY, linestyle="--", label=name)
    axes.plot(x, _slope(name, x), color=BLUE, label="its slope")
    axes.plot(np.ravel(inputs["x"]), np.ravel(answer), "o", color=ORANGE, label="this case")
    named(axes, "x", "", f"{name} and its slope")
    axes.set_ylim(-1.2, 1.6)  # far from 0 only the slope is asked for
    axes.legend()
    return sheet


def roc(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the ROC curve with the diagonal, and the area in the legend."""
    fpr, tpr = _rates(inputs["y_true"], inputs["scores"])
    sheet = figure(width=5.4, height=4.8)
    axes = only(sheet)
    area = np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)
    axes.plot(fpr, tpr, color=BLUE, label=f"area {area:.3f}", **_dots(len(fpr)))
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="by chance: area 0.5")
    named(axes, "false positive rate", "true positive rate", _samples("ROC", inputs["y_true"]))
    axes.set_aspect("equal")
    axes.legend(loc="lower right")
    return sheet


def precision_recall(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the precision-recall curve, and the average precision in the legend."""
    precision, recall = _precision_and_recall(inputs["y_true"], inputs["scores"])
    sheet = figure(width=5.4, height=4.8)
    axes = only(sheet)
    area = np.sum(np.diff(recall) * precision[1:])
    label = f"average precision {area:.3f}"
    how = _dots(len(recall))
    axes.step(recall, precision, where="pre", color=BLUE, label=label, **how)
    share = float(np.mean(inputs["y_true"] == 1))
    axes.axhline(share, color=GREY, linestyle="--", label=f"by chance: {share:.2f}")
    named(axes, "recall", "precision", _samples("Precision and recall", inputs["y_true"]))
    axes.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.05), aspect="equal")
    axes.legend(loc="lower left")
    return sheet


def binary_loss(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return what a prediction costs for either target, with those of the case."""
    base = inputs.get("base", np.e)
    h, y = (np.ravel(inputs[k]).astype(float) for k in ("predictions", "targets"))
    sheet = figure(width=6.0)
    axes = only(sheet)
    p = np.linspace(0.005, 0.995, 400)
    for target, colour, style, costs in (
        (1, BLUE, "-", -np.log(p)),
        (0, ORANGE, "--", -np.log(1 - p)),
    ):
        axes.plot(p, costs / np.log(base), style, color=colour, label=f"y = {target}")
    certain = np.isin(y, (0, 1)) & (h > 0.005) & (h < 0.995)
    loss = -np.log(np.where(y == 1, h, 1 - h), where=certain, out=np.zeros_like(h)) / np.log(base)
    axes.plot(h[certain], loss[certain], "o", color="black", label="this case")
    log = "ln" if base == np.e else f"log{base:g}"
    named(
        axes, "prediction h", f"loss, by {log}", f"binary cross-entropy, mean {float(answer):.4g}"
    )
    axes.legend()
    return sheet


def softmax(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the first row of numbers, and the probabilities that they become, as bars."""
    axis = inputs.get("axis", -1)
    rows = [np.moveaxis(np.asarray(v, dtype=float), axis, -1) for v in (inputs["x"], answer)]
    x, p = (row.reshape(-1, row.shape[-1])[0] for row in rows)
    sheet = figure(columns=2, width=3.8, height=3.8)
    for axes, values, name in zip(sheet.axes, (x, p), ("x", "softmax(x)"), strict=True):
        bars = axes.bar(range(len(values)), np.nan_to_num(values, posinf=0, neginf=0), color=BLUE)
        axes.bar_label(bars, [f"{value:.4g}" for value in values], padding=2)
        axes.margins(y=0.12)
        named(axes, "class", name)
        axes.set_xticks(range(len(values)))
    return sheet


def _activation(
    name: str, x: Any, answer: Any, curve: Callable[[np.ndarray], np.ndarray]
) -> Figure:
    sheet = figure(width=6.4)
    axes = only(sheet)
    across = _around(x)
    axes.plot(across, curve(across), color=BLUE, label=name)
    axes.plot(np.ravel(x), np.ravel(answer), "o", color=ORANGE, label="this case")
    points = list(zip(np.ravel(x), np.ravel(answer), strict=True))
    for place, value in points if len(points) <= LABELLED else []:
        axes.annotate(f"{value:.4g}", (place, value), xytext=(6, -12), textcoords="offset points")
    named(axes, "x", f"{name.split(',')[0]}(x)", name)
    axes.legend()
    return sheet


def _around(x: Any) -> np.ndarray:
    """Return where to draw the curve: around 0 and over the numbers of the case."""
    finite = np.ravel(x)[np.isfinite(np.ravel(x))]
    reach = max(4.0, *(1.1 * abs(finite)), 0.0) if finite.size else 4.0
    return np.linspace(-reach, reach, 801)


def _slope(name: str, x: np.ndarray) -> np.ndarray:
    value = ACTIVATIONS[name](x)
    slopes: dict[str, np.ndarray] = {"sigmoid": value * (1 - value), "tanh": 1 - value**2}
    below = 0.01 if name == "leaky_relu" else 0.0
    return slopes.get(name, np.where(x > 0, 1.0, below))


def _dots(points: int) -> dict[str, Any]:
    return {"marker": "o", "markersize": 5} if points <= 30 else {}


def _samples(curve: str, y_true: np.ndarray) -> str:
    return f"{curve}: {np.sum(y_true == 1)} positive, {np.sum(y_true == 0)} negative"


def _called(y_true: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return true and false positives at each threshold, from above, after none at all."""
    thresholds = np.unique(scores)[::-1]
    called = scores >= thresholds[:, np.newaxis]
    tp, fp = np.sum(called & (y_true == 1), axis=1), np.sum(called & (y_true == 0), axis=1)
    return np.concatenate([[0], tp]), np.concatenate([[0], fp])


def _rates(y_true: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tp, fp = _called(y_true, scores)
    return fp / fp[-1], tp / tp[-1]


def _precision_and_recall(y_true: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tp, fp = _called(y_true, scores)
    precision = np.divide(tp, tp + fp, out=np.ones(len(tp)), where=tp + fp > 0)
    return precision, tp / max(tp[-1], 1)
