"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np

PARTS = ("loss", "gradient")


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs); most situations come twice, for the loss and the gradient."""

    def batch(samples, classes, offset=0.0):
        # The right classes are 0, 1, 2, 0, ..., whose logits are neither largest nor smallest.
        logits = rng.uniform(0.5, 2, size=(samples, classes))
        targets = np.eye(classes)[np.arange(samples) % classes]
        return {"logits": offset + logits, "targets": targets}

    for part in PARTS:
        yield f"batch-of-one-{part}", part, batch(1, 4) | {"part": part}
        yield f"more-samples-than-classes-{part}", part, batch(5, 3) | {"part": part}
        # As many rows as columns: a softmax along the wrong axis has the right shape here.
        yield f"as-many-samples-as-classes-{part}", part, batch(3, 3) | {"part": part}
        equal = np.full((2, 4), rng.uniform(1, 2))
        yield f"equal-logits-{part}", part, batch(2, 4) | {"logits": equal, "part": part}
        shares = rng.uniform(0.5, 1.5, size=(2, 3))
        soft = shares / shares.sum(axis=1, keepdims=True)
        yield f"targets-not-one-hot-{part}", part, batch(2, 3) | {"targets": soft, "part": part}
    yield "one-class", "loss", batch(2, 1) | {"part": "loss"}

    for part in PARTS:
        yield f"around-1000-{part}", "stability", batch(2, 3, offset=1000) | {"part": part}
        yield f"around-minus-1000-{part}", "stability", batch(2, 3, offset=-1000) | {"part": part}
        apart = np.array([[0.0], [-1000.0], [1000.0]])
        yield f"rows-far-apart-{part}", "stability", batch(3, 3, offset=apart) | {"part": part}
        sure = batch(3, 3)
        sure["logits"] += 2000 * sure["targets"] - 1000
        yield f"sure-and-right-{part}", "stability", sure | {"part": part}
        wrong = batch(3, 3)
        wrong["logits"] -= 1000 * wrong["targets"]
        yield f"sure-and-wrong-{part}", "stability", wrong | {"part": part}

    for part in PARTS:
        float32 = {name: array.astype(np.float32) for name, array in batch(3, 4).items()}
        yield f"float32-{part}", "types", float32 | {"part": part}
    # The transpose of a class-by-sample table: the same numbers, in another order in memory.
    columns = {name: np.asfortranarray(array) for name, array in batch(4, 3).items()}
    yield "column-major-gradient", "types", columns | {"part": "gradient"}
