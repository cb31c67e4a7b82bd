"""Neurons, layers of them and recurrent cells: products, sum, activation."""

from typing import Any

import numpy as np

from reference.worked_examples.blackboard import block, number, products, signed, table

SHOWN = 4  # units


def neuron(inputs: dict[str, Any], answer: Any) -> str:
    """Return the sum of products of one neuron, and its activation."""
    w, x, b, name = (inputs[key] for key in ("w", "x", "b", "activation"))
    z = w @ x + b
    lines = [f"z = {products(w, x, b)} = {number(z)}"]
    if name != "linear":
        lines.append(f"{name}({number(z)}) = {number(answer)}")
    return "\n".join(lines)


def dense(inputs: dict[str, Any], answer: Any) -> str:
    """Return the units of a dense layer on the first sample, each as its sum of products."""
    x, weight, bias = np.atleast_2d(inputs["x"]), inputs["weight"], inputs.get("bias")
    return _with_all(_units(x, weight, bias), answer) if len(x) else ""


def two_layers(inputs: dict[str, Any], answer: Any) -> str:
    """Return both layers of a network on the first sample: sums, relu, sums."""
    (weight1, bias1), (weight2, bias2) = inputs["parameters"]
    x = inputs["x"]
    if not len(x):
        return ""
    z = x[:1] @ weight1 + bias1
    hidden = np.maximum(z, 0)
    relu = [f"h{j} = max(0, {number(v)}) = {number(max(0, v))}" for j, v in enumerate(z[0])]
    first = _units(x, weight1, bias1)
    second = [line.replace("z", "output ", 1) for line in _units(hidden, weight2, bias2)]
    return "\n".join(["first sample", *first, *relu[:SHOWN], *second])


def logistic_regression(inputs: dict[str, Any], answer: Any) -> str:
    """Return the probability of the first sample, all errors, and one step of the weights."""
    x, y, w, b, eta = (inputs[key] for key in ("x", "y", "w", "b", "learning_rate"))
    if not len(x):
        return ""
    z = x @ w + b
    h = np.exp(-np.logaddexp(0, -z))
    rows = zip(z, h, h > 0.5, y, h - y, strict=True)
    listed = table(
        ["z = w·x + b", "h = 1/(1 + exp(-z))", "class", "y", "h - y"],
        ([a, p, str(int(c)), t, e] for a, p, c, t, e in rows),
    )
    slopes = [*(x.T @ (h - y) / len(x)), np.mean(h - y)]
    names = [*(f"w{k}" for k in range(len(w))), "b"]
    steps = [
        f"{name} - η · slope = {number(old)} - {number(eta)}·{signed(s)} = {number(old - eta * s)}"
        for name, old, s in zip(names, [*w, b], slopes, strict=True)
    ]
    told = f"first sample: z = {products(w, x[0], b)} = {number(z[0])}"
    return "\n".join([told, "", listed, "", "slopes: the mean of (h - y) · x", *steps[:8]])


def one_vs_rest(inputs: dict[str, Any], answer: Any) -> str:
    """Return the scores of the first sample, a classifier a line, and the class that wins."""
    x, weight, bias = (inputs[key] for key in ("x", "weight", "bias"))
    if not len(x):
        return ""
    scores = x @ weight + bias
    winners = ([n, *row, str(np.argmax(row))] for n, row in enumerate(scores))
    headers = ["sample", *(f"score {k}" for k in range(weight.shape[1])), "class"]
    return "\n".join([*_units(x, weight, bias), "", table(headers, winners)])


def recurrent(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps of the first sequence: W_x·x + W_h·h + b, and its tanh."""
    x = inputs["x"]
    if 0 in x.shape:
        return ""
    h = inputs.get("h")
    h = np.zeros(len(inputs["bias"])) if h is None else h[0]
    return "\n".join(_unrolled(x[0], h, inputs, ""))


def both_ways(inputs: dict[str, Any], answer: Any) -> str:
    """Return the steps of the first sequence forwards, then backwards."""
    x = inputs["x"]
    if 0 in x.shape:
        return ""
    h = np.zeros(len(inputs["bias"]))
    forwards = ["forwards:", *_unrolled(x[0], h, inputs, "")]
    backwards = ["backwards, from the last step:", *_unrolled(x[0][::-1], h, inputs, "_reverse")]
    return "\n".join([*forwards, "", *backwards])


def lstm_cell(inputs: dict[str, Any], answer: Any) -> str:
    """Return the gates of the first unit of an LSTM cell, its cell state and its output."""
    h, x, c = (inputs[key] for key in ("h", "x", "c"))
    if not len(x):
        return ""
    weights, biases, both = inputs["weights"], inputs["biases"], np.concatenate([h[0], x[0]])
    gates = [
        _gate(name, weights[name][0], both, biases[name][0])
        for name in ("input", "forget", "candidate", "output")
    ]
    i, f, g, o = (value for value, _ in gates)
    new = f * c[0, 0] + i * g
    lines = [
        "the first unit; each sum runs over [h, x] and the bias",
        *(line for _, line in gates),
        f"c = forget·c + input·candidate = {products([f, i], [c[0, 0], g])} = {number(new)}",
        f"h = output·tanh(c) = {number(o)}·tanh({number(new)}) = {number(o * np.tanh(new))}",
    ]
    return "\n".join(lines)


def gru_cell(inputs: dict[str, Any], answer: Any) -> str:
    """Return the gates of the first unit of a GRU cell, its candidate and its new state."""
    x, h, w, u = (inputs[key] for key in ("x", "h", "weight_ih", "weight_hh"))
    if not len(x):
        return ""
    size = h.shape[1]
    bias = np.zeros(3 * size) if inputs.get("bias_ih") is None else inputs["bias_ih"]
    reset = _sigmoid(w[:size] @ x[0] + u[:size] @ h[0] + bias[:size])
    gates = [
        _gate(name, np.append(w[row], u[row]), np.append(x[0], state), bias[row])
        for name, row, state in (
            ("reset", 0, h[0]),
            ("update", size, h[0]),
            ("candidate", 2 * size, reset * h[0]),
        )
    ]
    _, update, candidate = (value for value, _ in gates)
    kept = products([update, 1 - update], [candidate, h[0, 0]])
    new = update * candidate + (1 - update) * h[0, 0]
    lines = [
        "the first unit; each sum runs over [x, h] and the bias, the candidate's over reset·h",
        *(line for _, line in gates),
        f"h = update·candidate + (1 - update)·h = {kept} = {number(new)}",
    ]
    return "\n".join(lines)


def _gate(name: str, weights: np.ndarray, values: np.ndarray, bias: Any) -> tuple[float, str]:
    """Return what a gate, or the candidate, lets through, and its line."""
    z = weights @ values + bias
    curve, value = ("tanh", np.tanh(z)) if name == "candidate" else ("sigmoid", _sigmoid(z))
    return value, f"{name:<10} {curve}({products(weights, values, bias)}) = {number(value)}"


def _units(x: np.ndarray, weight: np.ndarray, bias: Any) -> list[str]:
    """Return the first sample's units, each as its sum of products."""
    lines = []
    for j in range(min(weight.shape[1], SHOWN)):
        b = None if bias is None else bias[j]
        z = x[0] @ weight[:, j] + (0 if b is None else b)
        lines.append(f"z{j} = {products(x[0], weight[:, j], b)} = {number(z)}")
    return lines


def _with_all(lines: list[str], answer: np.ndarray) -> str:
    return "\n".join(["first sample", *lines, "", *block("all samples", answer)])


def _unrolled(x: np.ndarray, h: np.ndarray, inputs: dict[str, Any], way: str) -> list[str]:
    """Return a line a step, of the first unit."""
    w, u, b = (inputs[f"{name}{way}"] for name in ("weight_ih", "weight_hh", "bias"))
    lines = []
    for t, row in enumerate(x, start=1):
        terms = products(np.concatenate([w[0], u[0]]), np.concatenate([row, h]), b[0])
        h = np.tanh(w @ row + u @ h + b)
        lines.append(f"step {t}: tanh({terms}) = {number(h[0])}")
    return lines[:8]


def _sigmoid(z: Any) -> Any:
    return np.exp(-np.logaddexp(0, -z))
