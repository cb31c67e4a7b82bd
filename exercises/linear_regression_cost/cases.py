"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def points(samples, *features):
        # The parameters differ by more than 1, and every point is off by 1.5 to 3, up and down.
        columns = int(np.prod(features))
        theta = 2 * np.arange(1, columns + 2) + rng.uniform(-0.4, 0.4, size=columns + 1)
        theta[1::2] *= -1
        x = rng.uniform(1, 4, size=(samples, *features)).round(2)
        signs = np.where(np.arange(samples) % 3 == 1, -1, 1)
        off = signs * rng.uniform(1.5, 3, size=samples)
        return {"theta": theta, "x": x, "y": _line(theta, x) - off}

    yield "five-points", "line", points(5)
    yield "one-point", "line", points(1)
    line = points(4)
    yield "line-through-every-point", "line", line | {"y": _line(line["theta"], line["x"])}
    theta = np.array([0.0, rng.uniform(2, 3)])
    yield "line-through-the-origin", "line", points(4) | {"theta": theta}
    theta = np.array([rng.uniform(2, 3), 0.0])
    yield "horizontal-line", "line", points(4) | {"theta": theta}
    above = points(3)
    yield "all-points-above", "line", above | {"y": _line(above["theta"], above["x"]) + 2}

    yield "one-feature-as-a-column", "features", points(4, 1)
    yield "two-features", "features", points(5, 2)
    yield "as-many-features-as-points", "features", points(3, 3)
    yield "more-features-than-points", "features", points(2, 4)

    float32 = {name: array.astype(np.float32) for name, array in points(5, 2).items()}
    yield "float32", "types", float32
    integers = {name: array.round().astype(np.int64) for name, array in points(4).items()}
    yield "integers", "types", integers | {"theta": np.array([3, -2])}
    wide = points(4, 3)
    columns = {"x": np.asfortranarray(wide["x"]), "y": np.repeat(wide["y"], 2)[::2]}
    yield "not-contiguous-in-memory", "types", wide | columns


def _line(theta, x):
    return theta[0] + x.reshape(len(x), -1) @ theta[1:]
