"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def inputs(count, activation="linear", sign=1, **changes):
        # The products grow from 0.1 on and all have one sign, the bias as well: z is never near 0,
        # and tanh and sigmoid of it are never near their ends.
        x = rng.choice([-1, 1], size=count) * rng.uniform(1, 2, size=count)
        w = sign * np.sign(x) * rng.uniform(0.1, 0.4, size=count)
        b = sign * rng.uniform(0.2, 0.5)
        return {"x": x, "w": w, "b": b, "activation": activation} | changes

    yield "one-input", "sum", inputs(1)
    yield "five-inputs", "sum", inputs(5)
    yield "no-bias", "sum", inputs(3, b=0.0)
    yield "weights-of-zero", "sum", inputs(3, w=np.zeros(3))
    yield "no-inputs", "sum", inputs(0)
    against = {"x": np.array([1.5, -1.5]), "w": rng.uniform(0.2, 0.4, size=2)}
    yield "inputs-against-each-other", "sum", inputs(2, "tanh", **against)

    yield "relu-awake", "activations", inputs(4, "relu")
    yield "relu-asleep", "activations", inputs(4, "relu", sign=-1)
    yield "tanh-above-zero", "activations", inputs(4, "tanh")
    yield "tanh-below-zero", "activations", inputs(4, "tanh", sign=-1)
    yield "sigmoid-above-one-half", "activations", inputs(4, "sigmoid")
    yield "sigmoid-below-one-half", "activations", inputs(4, "sigmoid", sign=-1)
    yield "sigmoid-of-one-input", "activations", inputs(1, "sigmoid")

    single = inputs(4, "tanh")
    float32 = {name: single[name].astype(np.float32) for name in ("x", "w")}
    yield "float32", "types", single | float32
    double = inputs(6, "sigmoid")
    yield "every-other-input", "types", double | {"x": double["x"][::2], "w": double["w"][::2]}
