"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

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
            "weight_ih": numbers(3 * units, inputs),
            "weight_hh": numbers(3 * units, units),
            "bias_ih": numbers(3 * units),
        }
        return given | more

    def gated(reset=None, update=None, units=2):
        """Return a cell some of whose gates are set by their biases."""
        given = cell(1, 2, units)
        if reset is not None:
            given["bias_ih"][:units] = reset
        if update is not None:
            given["bias_ih"][units : 2 * units] = update
        return given

    yield "update-gate-shut-keeps-the-state", "gates", gated(update=SHUT)
    yield "update-gate-open-takes-the-candidate", "gates", gated(update=OPEN)
    yield "reset-gate-shut-forgets-the-state", "gates", gated(reset=SHUT)
    yield "reset-gate-open", "gates", gated(reset=OPEN)
    yield "one-unit-keeps-the-other-does-not", "gates", gated(update=[SHUT, OPEN])
    yield "one-unit-is-reset-the-other-is-not", "gates", gated(reset=[OPEN, SHUT])

    yield "batch-of-one", "shapes", cell(1, 2, 3)
    yield "batch", "shapes", cell(4, 3, 2)
    yield "one-unit-with-a-bias", "shapes", cell(1, 2, 1)
    # All sizes are alike: no shape tells what is transposed.
    yield "square", "shapes", cell(3, 3, 3)
    yield "first-step-from-zeros", "shapes", cell(2, 3, 2, h=np.zeros((2, 2)))
    without = cell(2, 2, 3)
    del without["bias_ih"]
    yield "without-bias", "shapes", without

    single = {name: values.astype(np.float32) for name, values in cell(2, 3, 2).items()}
    yield "float32", "types", single
    given = cell(3, 4, 2)
    scattered = {"x": numbers(3, 8)[:, ::2], "weight_hh": np.asfortranarray(given["weight_hh"])}
    yield "not-contiguous-in-memory", "types", {**given, **scattered}
