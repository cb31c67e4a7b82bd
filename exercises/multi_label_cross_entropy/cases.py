"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def answers(samples, labels):
        # Every second label belongs to the sample, and logits of both signs are right and wrong.
        places = np.arange(samples * labels).reshape(samples, labels)
        signs = np.where(places % 4 < 2, 1, -1)
        logits = signs * rng.uniform(0.5, 3, size=(samples, labels))
        return {"logits": logits, "targets": (places % 2 == 0).astype(float)}

    yield "batch-of-one", "labels", answers(1, 4)
    yield "more-samples-than-labels", "labels", answers(5, 3)
    yield "more-labels-than-samples", "labels", answers(2, 5)
    yield "one-label", "labels", answers(3, 1)
    yield "one-sample-with-one-label", "labels", answers(1, 1)
    undecided = {"logits": np.zeros((2, 2)), "targets": np.eye(2)}
    yield "undecided-between-two-labels", "labels", undecided
    nothing = answers(3, 4)
    nothing["targets"][1] = 0
    yield "sample-without-any-label", "labels", nothing
    yield "no-labels-anywhere", "labels", answers(2, 3) | {"targets": np.zeros((2, 3))}
    yield "every-label", "labels", answers(2, 3) | {"targets": np.ones((2, 3))}

    for name, score in (("yes", 1000), ("no", -1000)):
        wrong = answers(2, 2)
        wrong["logits"][1] += score
        wrong["targets"][1] = 0 if score > 0 else 1
        yield f"very-sure-of-a-wrong-{name}", "stability", wrong
        right = answers(2, 2)
        right["logits"][1] += score
        right["targets"][1] = 1 if score > 0 else 0
        yield f"very-sure-of-a-right-{name}", "stability", right
    # Here the sigmoid is still below 1, but what it lacks has few digits left.
    yield "thirty-for-a-no", "stability", answers(1, 2) | {"logits": 30 + rng.uniform(size=(1, 2))}

    float32 = {name: array.astype(np.float32) for name, array in answers(3, 4).items()}
    yield "float32", "types", float32
    integers = answers(2, 4)
    integers["targets"] = integers["targets"].astype(np.int64)
    yield "integer-targets", "types", integers
    columns = {name: np.asfortranarray(array)[::2] for name, array in answers(5, 3).items()}
    yield "not-contiguous-in-memory", "types", columns
