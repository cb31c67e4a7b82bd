"""Optimizers: every step's formula with the numbers of the first weight put in."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from reference.worked_examples.blackboard import number, signed, total

STEPS = 6  # that are written out


def sgd(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps of gradient descent over batches: θ - η · (sum of the gradients)."""
    lines, theta = [], _first(inputs["param"])
    for batch in inputs["batches"]:
        gradients = np.reshape(batch, (len(batch), -1))[:, 0] if batch.size else np.zeros(1)
        terms = total([signed(g) for g in gradients])
        after = theta - inputs["learning_rate"] * gradients.sum()
        eta = number(inputs["learning_rate"])
        lines.append(f"θ = {number(theta)} - {eta}·({terms}) = {number(after)}")
        theta = after
    return _numbered(inputs["param"], lines)


def momentum(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps with momentum: α · (last move) - (1 - α) · η · gradient."""
    alpha, eta = inputs.get("momentum", 0.9), inputs.get("learning_rate", 0.01)
    lines, theta, move = [], _first(inputs["param"]), 0.0
    for g in _gradients(inputs):
        said = f"{number(alpha)}·{signed(move)} - {number(1 - alpha)}·{number(eta)}·{signed(g)}"
        move = alpha * move - (1 - alpha) * eta * g
        after = theta + move
        lines.append(f"move = {said} = {number(move)}")
        lines.append(f"θ = {number(theta)} + {signed(move)} = {number(after)}")
        theta = after
    return _numbered(inputs["param"], lines, 2)


def adagrad(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps with the sum s of all squared gradients under the root."""
    eta, eps = inputs.get("learning_rate", 0.01), inputs.get("eps", 1e-8)
    lines, theta, s = [], _first(inputs["param"]), 0.0
    for g in _gradients(inputs):
        lines.append(f"s = {number(s)} + {signed(g)}² = {number(s + g * g)}")
        s += g * g
        theta, line = _divided(theta, eta, g, s, eps)
        lines.append(line)
    return _numbered(inputs["param"], lines, 2)


def rmsprop(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps with the moving average s of the squared gradients under the root."""
    eta, eps = inputs.get("learning_rate", 0.01), inputs.get("eps", 1e-8)
    keep = inputs.get("alpha", 0.9)
    lines, theta, s = [], _first(inputs["param"]), 0.0
    for g in _gradients(inputs):
        s, said = _average(keep, s, g, 2)
        theta, line = _divided(theta, eta, g, s, eps)
        lines += [f"s = {said}", line]
    return _numbered(inputs["param"], lines, 2)


def adadelta(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps whose length is the root of one average over that of another."""
    rho, eps = inputs.get("rho", 0.9), inputs.get("eps", 1e-6)
    lines, theta, s, d = [], _first(inputs["param"]), 0.0, 0.0
    for g in _gradients(inputs):
        s, average = _average(rho, s, g, 2)
        roots = f"√({number(d)} + {number(eps)}) / √({number(s)} + {number(eps)})"
        step = np.sqrt(d + eps) / np.sqrt(s + eps) * g
        d, moves = _average(rho, d, step, 2)
        lines += [f"s = {average}", f"step = {roots} · {signed(g)} = {number(step)}"]
        after = theta - step
        lines.append(f"θ = {number(theta)} - {signed(step)} = {number(after)}   d = {moves}")
        theta = after
    return _numbered(inputs["param"], lines, 3)


def adam(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps with both averages, corrected where the case asks for it."""
    eta, eps = inputs.get("learning_rate", 0.001), inputs.get("eps", 1e-8)
    keep_m, keep_v = inputs.get("betas", (0.9, 0.999))
    corrected, inside = inputs.get("bias_correction", True), inputs.get("eps_inside_sqrt", False)
    lines, theta, m, v = [], _first(inputs["param"]), 0.0, 0.0
    for t, g in enumerate(_gradients(inputs), start=1):
        m, first = _average(keep_m, m, g, 1)
        v, second = _average(keep_v, v, g, 2)
        mean, square = m, v
        lines += [f"m = {first}", f"v = {second}"]
        if corrected:
            mean, square = m / (1 - keep_m**t), v / (1 - keep_v**t)
            over = [f"{number(x)} / (1 - {number(k)}^{t})" for x, k in ((m, keep_m), (v, keep_v))]
            lines.append(f"m' = {over[0]} = {number(mean)}   v' = {over[1]} = {number(square)}")
        theta, line = _divided(theta, eta, mean, square, eps, inside)
        lines.append(line)
    return _numbered(inputs["param"], lines, 4 if corrected else 3)


def line_descent(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps of gradient descent on the cost of a line: both slopes, both parameters."""
    x, y, eta = inputs["x"], inputs["y"], inputs["learning_rate"]
    lines = []
    for theta, after in pairwise(answer):
        e = theta[0] + theta[1] * x - y
        sums = {"θ0": ("Σe", e.sum()), "θ1": ("Σe·x", e @ x)}
        told = "   ".join(f"{name} = {number(value)}" for name, value in sums.values())
        lines.append(f"e = θ0 + θ1·x - y:  {'  '.join(map(number, e[:6]))}   {told}")
        new = [
            f"{name} = {number(old)} - {number(eta)}·2·{signed(value)}/{len(x)} = {number(reached)}"
            for (name, (_, value)), old, reached in zip(sums.items(), theta, after, strict=True)
        ]
        lines.append("   ".join(new))
    return _numbered(np.empty(1), lines, 2)


def _divided(
    theta: float, eta: float, g: float, s: float, eps: float, inside: bool = True
) -> tuple[float, str]:
    """Return the next θ and its formula; eps stands under the root, or beside it."""
    root = np.sqrt(s + eps) if inside else np.sqrt(s) + eps
    below = f"√({number(s)} + {number(eps)})" if inside else f"(√{number(s)} + {number(eps)})"
    after = theta - eta * g / root
    said = f"θ = {number(theta)} - {number(eta)}·{signed(g)} / {below} = {number(after)}"
    return after, said


def _average(keep: float, before: float, g: float, power: int) -> tuple[float, str]:
    """Return the next moving average and its formula."""
    after = keep * before + (1 - keep) * g**power
    squared = "²" if power == 2 else ""
    said = f"{number(keep)}·{signed(before)} + {number(1 - keep)}·{signed(g)}{squared}"
    return after, f"{said} = {number(after)}"


def _first(values: Any) -> float:
    return float(np.ravel(values)[0]) if np.size(values) else 0.0


def _gradients(inputs: dict[str, Any]) -> Iterator[float]:
    return (_first(gradient) for gradient in inputs["grads"])


def _numbered(param: Any, lines: list[str], lines_a_step: int = 1) -> str:
    """Return the lines, with the number of the step before the first line of each."""
    if np.size(param) == 0 or not lines:
        return ""
    shown = lines[: STEPS * lines_a_step]
    starts = [f"step {i // lines_a_step + 1}" * (i % lines_a_step == 0) for i in range(len(shown))]
    text = [f"{start:<8}{line}" for start, line in zip(starts, shown, strict=True)]
    several = ["the first weight:"] if np.size(param) > 1 else []
    rest = len(lines) // lines_a_step - STEPS
    return "\n".join([*several, *text, *([f"... and {rest} steps more"] if rest > 0 else [])])
