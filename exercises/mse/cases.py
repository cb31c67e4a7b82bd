"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

REDUCTIONS = ("mean", "per_sample", "sum", "none")


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def pair(*shape, **options):
        # Errors of both signs, none of them near 0 or near 1, where a square is the number itself.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 1, -1, 1)
        targets = rng.uniform(-5, 5, size=shape).round(2)
        errors = signs * rng.uniform(1.5, 3, size=shape).round(2)
        return {"predictions": targets + errors, "targets": targets, **options}

    for reduction in REDUCTIONS:
        name = reduction.replace("_", "-")
        yield f"{name}-of-a-table", "reductions", pair(3, 2, reduction=reduction)
    yield "mean-by-default", "reductions", pair(2, 4)
    for reduction in ("mean", "per_sample"):
        name = reduction.replace("_", "-")
        yield f"{name}-of-plain-numbers", "shapes", pair(4, reduction=reduction)
        yield f"{name}-of-small-images", "shapes", pair(2, 3, 2, reduction=reduction)
    yield "one-sample", "shapes", pair(1, 4, reduction="per_sample")
    yield "one-number-per-sample", "shapes", pair(4, 1, reduction="per_sample")
    yield "one-element", "shapes", pair(1)
    perfect = pair(2, 3)["targets"]
    yield "perfect-predictions", "shapes", {"predictions": perfect.copy(), "targets": perfect}

    float32 = {name: array.astype(np.float32) for name, array in pair(3, 4).items()}
    yield "float32", "types", float32
    integers = pair(3, 2, reduction="sum")
    integers["targets"] = integers["targets"].round().astype(np.int64)
    yield "integer-targets", "types", integers
    columns = {name: np.asfortranarray(array)[:, ::2] for name, array in pair(3, 5).items()}
    yield "not-contiguous-in-memory", "types", columns | {"reduction": "per_sample"}
