"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

PARTS = ("input", "forget", "candidate", "output")
SHUT, OPEN = -60.0, 60.0  # biases that leave no doubt: the gate is 0 or 1 to the last digit


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Neither near zero nor large: every number counts, and no gate is quite shut or open.
        return rng.choice([-1, 1], size=shape) * rng.uniform(0.3, 0.9, size=shape)

    def cell(samples, inputs, units, **more):
        given = {
            "x": numbers(samples, inputs),
            "h": numbers(samples, units),
            "c": 2 * numbers(samples, units),
            "weights": {part: numbers(units, units + inputs) for part in PARTS},
            "biases": {part: numbers(units) for part in PARTS},
        }
        return given | more

    def gated(**gates):
        """Return a cell some of whose gates are set by their biases."""
        given = cell(1, 2, 2)
        given["biases"] |= {part: np.full(2, bias) for part, bias in gates.items()}
        return given

    yield "memory-kept-unchanged", "gates", gated(input=SHUT, forget=OPEN)
    yield "memory-overwritten", "gates", gated(input=OPEN, forget=SHUT)
    yield "input-gate-shut", "gates", gated(input=SHUT)
    yield "input-gate-open", "gates", gated(input=OPEN)
    yield "forget-gate-open", "gates", gated(forget=OPEN)
    yield "output-gate-shut", "gates", gated(output=SHUT)
    yield "output-gate-open", "gates", gated(output=OPEN)

    yield "batch-of-one", "shapes", cell(1, 2, 3)
    yield "batch", "shapes", cell(4, 3, 2)
    yield "more-inputs-than-units", "shapes", cell(2, 4, 1)
    # All sizes are alike: no shape tells h from x.
    yield "square", "shapes", cell(3, 3, 3)
    zeros = np.zeros((2, 2))
    yield "first-step-from-zeros", "shapes", cell(2, 3, 2, h=zeros, c=zeros.copy())
    # The cell state may be far outside of -1 .. 1: nothing squashes it.
    yield "much-in-the-cell", "shapes", cell(1, 2, 2, c=10 * numbers(1, 2))
    silence = {name: np.zeros((1, 2)) for name in ("x", "h", "c")}
    no_bias = {part: np.zeros(2) for part in PARTS}
    yield "silence", "shapes", cell(1, 2, 2, **silence, biases=no_bias)

    yield "float32", "types", _single(cell(2, 3, 2))
    given = cell(3, 4, 2)
    columns = {part: np.asfortranarray(weight) for part, weight in given["weights"].items()}
    scattered = {"x": numbers(3, 8)[:, ::2], "weights": columns}
    yield "not-contiguous-in-memory", "types", {**given, **scattered}


def _single(value):
    """Return the same tree of arrays in float32."""
    if isinstance(value, dict):
        return {name: _single(item) for name, item in value.items()}
    return value.astype(np.float32)
