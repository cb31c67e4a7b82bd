"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def search(samples, steps, learning_rate=0.05):
        # The points lie far above the first line, at x from 1 to 3: both parameters move a lot, and
        # by different amounts.
        x = 1 + 2 * (np.arange(samples) + rng.uniform(0.1, 0.9, size=samples)) / samples
        y = 6 + 2 * x + rng.uniform(-1, 1, size=samples)
        setting = {"learning_rate": learning_rate, "steps": steps}
        return {"theta": rng.uniform(-1, 1, size=2), "x": x, "y": y, **setting}

    yield "five-points", "points", search(5, 3)
    yield "one-point", "points", search(1, 4)
    yield "two-points", "points", search(2, 4)
    best = search(4, 3)
    theta = rng.uniform(1, 3, size=2)
    yield (
        "start-at-the-best-line",
        "points",
        best | {"theta": theta, "y": theta[0] + theta[1] * best["x"]},
    )
    above = search(4, 3)
    yield "points-below-the-line", "points", above | {"y": -above["y"]}
    same = search(3, 3)
    yield "all-x-the-same", "points", same | {"x": np.full(3, rng.uniform(2, 3))}

    yield "no-step", "steps", search(4, 0)
    yield "one-step", "steps", search(4, 1)
    yield "twenty-steps", "steps", search(6, 20)
    yield "small-learning-rate", "steps", search(4, 3, learning_rate=0.001)
    yield "learning-rate-too-large", "steps", search(4, 4, learning_rate=0.8)
    yield "learning-rate-zero", "steps", search(4, 2, learning_rate=0.0)

    arrays = search(5, 3)
    float32 = {name: arrays[name].astype(np.float32) for name in ("theta", "x", "y")}
    yield "float32", "types", arrays | float32
    yield "integer-start", "types", search(4, 3) | {"theta": np.array([0, -1])}
    wide = search(6, 3)
    yield "every-other-point", "types", wide | {name: wide[name][::2] for name in ("x", "y")}
