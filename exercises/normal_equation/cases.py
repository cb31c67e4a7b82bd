"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def places(samples):
        # 1, 3, 4, 6, 7, 9, ...: never near each other, so that X'X is far from singular.
        return np.arange(samples) * 1.5 + 1 + rng.uniform(-0.2, 0.2, size=samples)

    def off(samples):
        # Up and down by different amounts, so that no line goes through the points.
        signs = np.where(np.arange(samples) % 3 == 1, -1, 1)
        return signs * rng.uniform(0.5, 2, size=samples)

    def line(samples, intercept=2.0, slope=-1.5):
        x = places(samples)
        return {"x": x, "y": intercept + slope * x + off(samples)}

    def plane(samples, features):
        # A point far out along each feature, the others near 0: far from singular at any seed. The
        # second feature grows with the first, as height and weight do.
        x = rng.uniform(-0.3, 0.3, size=(samples, features)) + 3 * np.eye(samples, features)
        x[:, 1:2] += x[:, :1] / 2
        return {"x": x, "y": 1 + x @ np.arange(1, features + 1) + off(samples)}

    yield "six-points", "line", line(6)
    yield "two-points", "line", line(2)
    x = places(4)
    yield "points-on-a-line", "line", {"x": x, "y": rng.uniform(1, 2) - rng.uniform(2, 3) * x}
    yield "points-on-a-line-through-the-origin", "line", {"x": x, "y": rng.uniform(2, 3) * x}
    yield "all-targets-the-same", "line", {"x": places(4), "y": np.full(4, rng.uniform(2, 3))}
    yield "all-targets-zero", "line", {"x": places(3), "y": np.zeros(3)}
    centred = line(5)
    centred["x"] = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    yield "x-around-zero", "line", centred
    twice = line(3)
    yield "every-point-twice", "line", {name: np.repeat(v, 2) for name, v in twice.items()}

    column = line(5)
    yield "one-feature-as-a-column", "features", column | {"x": column["x"].reshape(-1, 1)}
    yield "two-features", "features", plane(6, 2)
    yield "as-many-points-as-parameters", "features", plane(4, 3)
    yield "three-features", "features", plane(8, 3)
    large = plane(6, 2)
    yield "features-of-different-size", "features", large | {"x": large["x"] * [1, 50]}

    float32 = {name: array.astype(np.float32) for name, array in centred.items()}
    yield "float32", "types", float32
    integers = {name: array.round().astype(np.int64) for name, array in line(5).items()}
    yield "integers", "types", integers
    wide = plane(10, 2)
    columns = {"x": np.asfortranarray(wide["x"])[::2], "y": wide["y"][::2]}
    yield "not-contiguous-in-memory", "types", columns
