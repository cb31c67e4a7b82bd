"""Paths of optimizers: on the contours of a cost, and one weight step by step."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from reference.pictures.sheet import BLUE, GREY, ORANGE, count_across, figure, named


def line_descent(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the path of both parameters on the contours of the cost, and the cost by steps."""
    x, y = inputs["x"], inputs["y"]
    path = np.asarray(answer, dtype=float)
    features = np.column_stack([np.ones(len(x)), x])
    lowest = np.linalg.lstsq(features, y, rcond=None)[0]

    sheet = figure(columns=2, width=5.0, height=4.5)
    contours, falling = sheet.axes
    across, up = (_span(np.append(path[:, k], lowest[k])) for k in (0, 1))
    grid = np.stack(np.meshgrid(across, up), axis=-1)
    cost = np.mean((grid @ features.T - y) ** 2, axis=-1)
    levels = np.geomspace(max(cost.min(), cost.max() * 1e-4), cost.max(), 12)
    if levels[0] < levels[-1]:
        lines = contours.contour(across, up, cost, levels=levels, cmap="viridis", linewidths=1)
        contours.clabel(lines, fmt="%.2g", fontsize=8)
    contours.plot(*path.T, "o-", color=ORANGE, label="path")
    contours.plot(*lowest, "*", color="black", markersize=13, label="lowest cost")
    rate = f"learning rate {inputs['learning_rate']:g}"
    named(contours, "θ0 (intercept)", "θ1 (slope)", f"the path, {rate}")
    contours.legend()

    costs = np.mean((path @ features.T - y) ** 2, axis=-1)
    falling.plot(costs, "o-", color=BLUE)
    named(falling, "step", "cost", "the cost after each step")
    count_across(falling)
    falling.set_ylim(bottom=0)
    return sheet


def one_weight(inputs: dict[str, Any], answer: Any) -> Figure:
    """Return the first weight after each step, above the gradients that it was given."""
    weights = [float(np.ravel(value)[0]) for value in (inputs["param"], *answer)]
    gradients = [_gradient(given) for given in inputs["grads" if "grads" in inputs else "batches"]]
    sheet = figure(columns=2, width=4.4, height=3.9)
    steps, given = sheet.axes
    steps.plot(range(len(weights)), weights, "o-", color=BLUE)
    if len(weights) <= 8:
        for step, weight in enumerate(weights):
            steps.annotate(f"{weight:.4g}", (step, weight), (0, 8), textcoords="offset points")
    steps.margins(x=0.2, y=0.15)
    named(steps, "step", "weight", "the weight after each step")
    given.bar(range(1, len(gradients) + 1), gradients, width=0.5, color=ORANGE)
    given.set_xlim(0.3, len(gradients) + 0.7)
    given.axhline(0, color=GREY, linewidth=0.8)
    named(given, "step", "gradient", "the gradient of each step")
    for axes in sheet.axes:
        count_across(axes)
    return sheet


def _gradient(given: np.ndarray) -> float:
    """Return the gradient of the first weight; that of a batch is the sum of its samples."""
    if given.ndim > 1 and given.size:
        return float(np.sum(given.reshape(len(given), -1)[:, 0]))
    return float(np.ravel(given)[0]) if given.size else 0.0


def _span(values: np.ndarray) -> np.ndarray:
    """Return a hundred places over the values, and a third of their width around them."""
    room = max(0.35 * np.ptp(values), 0.5)
    return np.linspace(values.min() - room, values.max() + room, 100)
