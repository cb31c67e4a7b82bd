"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def batch(part, samples, inputs, **changed):
        # Every third sample is a "no", the inputs are positive and the weights change their sign.
        y = np.where(np.arange(samples) % 3 == 1, 0.0, 1.0)
        x = rng.uniform(0.5, 2, size=(samples, inputs)).round(2)
        w = np.where(np.arange(inputs) % 2 == 0, 1, -1) * rng.uniform(0.4, 0.8, size=inputs)
        setting = {"b": rng.uniform(0.2, 0.4), "learning_rate": 0.5, "part": part}
        return {"x": x, "y": y, "w": w, **setting, **changed}

    yes_and_no = {"w": np.array([1.0, -1.0]), "b": 0.1}
    # The sums are 2.1, -1.9, 0.3, -0.2: the last but one is above 0, and not above 0.5.
    sides = np.array([[3.0, 1.0], [1.0, 3.0], [1.0, 0.8], [0.7, 1.0]])
    for part in ("h", "classes"):
        yield f"yes-and-no-{part}", "prediction", batch(part, 4, 2, **yes_and_no) | {"x": sides}
    yield "one-sample-h", "prediction", batch("h", 1, 3)
    yield "one-input-h", "prediction", batch("h", 4, 1)
    yield "as-many-samples-as-inputs-h", "prediction", batch("h", 3, 3)
    yield "without-bias-h", "prediction", batch("h", 4, 2, b=0.0)
    undecided = {"w": np.zeros(2), "b": 0.0}
    yield "nothing-learned-yet-classes", "prediction", batch("classes", 3, 2, **undecided)
    far = {"x": np.array([[1000.0], [-1000.0], [1.0]]), "w": np.ones(1), "b": 0.0}
    for part in ("h", "classes"):
        yield f"sums-of-a-thousand-{part}", "prediction", batch(part, 3, 1, **far)

    for part in ("new_w", "new_b"):
        name = part.replace("_", "-")
        yield f"one-sample-{name}", "step", batch(part, 1, 3)
        yield f"more-samples-than-inputs-{name}", "step", batch(part, 5, 2)
        yield f"as-many-samples-as-inputs-{name}", "step", batch(part, 3, 3)
        yield f"no-is-always-right-{name}", "step", batch(part, 4, 2, y=np.zeros(4))
        yield f"learning-rate-zero-{name}", "step", batch(part, 3, 2, learning_rate=0.0)
        yield f"sums-of-a-thousand-{name}", "step", batch(part, 3, 1, **far)

    for part in ("h", "new_w"):
        arrays = batch(part, 4, 3)
        float32 = {name: arrays[name].astype(np.float32) for name in ("x", "y", "w")}
        yield f"float32-{part.replace('_', '-')}", "types", arrays | float32
    integers = {"y": np.array([1, 0, 1, 1]), "w": np.array([1, -1]), "b": 0}
    yield "integer-targets-and-weights-new-w", "types", batch("new_w", 4, 2, **integers)
    columns = batch("new_w", 3, 2)
    columns["x"] = np.asfortranarray(batch("new_w", 6, 2)["x"])[::2]
    yield "not-contiguous-in-memory-new-w", "types", columns
