"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

PARTS = {
    "weight1": "hidden_layer",
    "bias1": "hidden_layer",
    "weight2": "output_layer",
    "bias2": "output_layer",
}


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def positive(*shape):
        return rng.uniform(0.5, 2, size=shape).round(2)

    def half_asleep(inputs, hidden, outputs):
        """For positive inputs every second hidden unit sleeps."""
        signs = np.where(np.arange(hidden) % 2 == 0, 1, -1)
        first = [signs * positive(inputs, hidden), signs * positive(hidden)]
        turns = np.where(np.arange(hidden * outputs).reshape(hidden, outputs) % 3 == 0, -1, 1)
        return [first, [turns * positive(hidden, outputs), positive(outputs)]]

    def look_at(part, samples, sizes, far=True):
        x, parameters = positive(samples, sizes[0]), half_asleep(*sizes)
        # Far off and all on one side, so that no sum of errors is near zero.
        y = positive(samples, sizes[2]) + (100 if far else 0)
        return {"x": x, "y": y, "parameters": parameters, "part": part}

    for part, group in PARTS.items():
        yield f"{part}-half-asleep", group, look_at(part, 4, (2, 4, 1))
        yield f"{part}-of-many-units", group, look_at(part, 3, (3, 5, 2))
        yield f"{part}-of-one-sample", group, look_at(part, 1, (2, 2, 1))
        awake = look_at(part, 3, (2, 3, 2))
        awake["parameters"] = [[np.abs(array) for array in pair] for pair in awake["parameters"]]
        yield f"{part}-when-all-are-awake", group, awake
        near = look_at(part, 3, (2, 2, 1), far=False)
        yield f"{part}-near-the-targets", group, near

    asleep = look_at("weight1", 2, (3, 2, 2))
    asleep["parameters"][0] = [-np.abs(array) for array in asleep["parameters"][0]]
    yield "nothing-passes-when-all-sleep", "hidden_layer", asleep
    edge = look_at("weight1", 2, (2, 2, 1))
    edge["parameters"][0] = [np.zeros((2, 2)), np.zeros(2)]
    yield "relu-at-zero", "hidden_layer", edge
    square = look_at("weight1", 3, (3, 3, 3))
    yield "as-many-of-everything", "hidden_layer", square
    small = look_at("weight1", 3, (2, 4, 2))
    small["parameters"] = [[a.astype(np.float32) for a in pair] for pair in small["parameters"]]
    small |= {name: small[name].astype(np.float32) for name in ("x", "y")}
    yield "float32", "types", small
    yield "empty-batch", "types", look_at("weight2", 0, (2, 3, 1))
    turned = look_at("weight2", 3, (2, 4, 2))
    turned["x"] = np.asfortranarray(turned["x"])
    turned["parameters"][0][0] = np.asfortranarray(turned["parameters"][0][0])
    yield "not-contiguous-in-memory", "types", turned
