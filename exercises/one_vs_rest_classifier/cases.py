"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # At least 0.5 away from zero, with a sign that changes from place to place.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 0, -1, 1)
        return signs * rng.uniform(0.5, 3, size=shape)

    def classifiers(samples, inputs, classes):
        return {
            "x": numbers(samples, inputs),
            "weight": numbers(inputs, classes),
            "bias": numbers(classes),
        }

    def clear(classes, bias=0.0):
        """Samples of these three classes: one score is about 4 to 12, the others are near 0."""
        x = rng.uniform(-0.1, 0.1, size=(len(classes), 3))
        x[np.arange(len(classes)), classes] += rng.uniform(1, 2, size=len(classes))
        weight = 5 * np.eye(3) + rng.uniform(-0.4, 0.4, size=(3, 3))
        return {"x": x, "weight": weight, "bias": rng.uniform(-0.5, 0.5, size=3) + bias}

    def look_at(part, inputs):
        return inputs | {"part": part}

    yield "two-classes", "scores", look_at("scores", classifiers(3, 4, 2))
    yield "more-classes-than-inputs", "scores", look_at("scores", classifiers(2, 2, 5))
    # Square everywhere: every transpose and every axis has the right shape here.
    square = classifiers(3, 3, 3)
    yield "as-many-samples-as-classes", "scores", look_at("scores", square)
    yield "batch-of-one", "scores", look_at("scores", classifiers(1, 3, 4))

    yield "one-says-mine", "classes", look_at("classes", clear([2, 0, 1, 1, 2]))
    yield "all-say-mine", "classes", look_at("classes", clear([1, 2, 0, 2], bias=10))
    yield "none-says-mine", "classes", look_at("classes", clear([2, 1, 1, 0], bias=-20))
    yield "one-sample-of-each-class", "classes", look_at("classes", clear([1, 2, 0]))
    at_the_origin = classifiers(2, 2, 3) | {"x": np.zeros((2, 2)), "bias": np.array([-1, 2, 0.5])}
    yield "bias-decides", "classes", look_at("classes", at_the_origin)
    yield "class-of-a-batch-of-one", "classes", look_at("classes", clear([1]))

    # Integers, so that equal scores are equal to the last bit.
    column, other = rng.integers(1, 5, size=2), rng.integers(-9, -4, size=2)
    tie = {
        "x": rng.integers(1, 5, size=(3, 2)).astype(float),
        "weight": np.stack([other, column, column, other], axis=1).astype(float),
        "bias": np.full(4, float(rng.integers(1, 5))),
    }
    yield "tie-of-two-in-the-middle", "ties", look_at("classes", tie)
    untrained = {"x": numbers(3, 2), "weight": np.zeros((2, 4)), "bias": np.zeros(4)}
    yield "classifiers-of-zeros", "ties", look_at("classes", untrained)
    yield "one-class-alone", "ties", look_at("classes", classifiers(2, 3, 1))

    float32 = {name: array.astype(np.float32) for name, array in classifiers(2, 4, 3).items()}
    yield "float32", "types", look_at("scores", float32)
    small = {name: array.astype(np.float32) for name, array in clear([2, 0]).items()}
    yield "classes-of-float32", "types", look_at("classes", small)
    yield "empty-batch", "types", look_at("scores", classifiers(0, 2, 3))
    yield "classes-of-an-empty-batch", "types", look_at("classes", classifiers(0, 2, 3))
    wide = numbers(3, 6)
    turned = {"x": wide[:, ::2], "weight": numbers(4, 3).T, "bias": numbers(4)}
    yield "not-contiguous-in-memory", "types", look_at("scores", turned)
