"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs).

    The largest and the smallest label of a case are fixed, only their order is drawn: how many
    classes there are, and which mistakes show, does not depend on the seed.
    """

    def shuffled(*labels):
        # Never in ascending order, in which some mistakes do not show.
        order = rng.permutation(sorted(labels, reverse=True)[1:])
        return np.append(max(labels), order)

    yield "one-sample", "rows", {"labels": np.array([2]), "num_classes": 4}
    yield "repeated-labels", "rows", {"labels": shuffled(0, 1, 1, 2, 2, 2)}
    yield "every-class-once", "rows", {"labels": shuffled(0, 1, 2, 3, 4)}
    pixels = shuffled(0, 0, 1, 1, 2, 2).reshape(2, 3)
    yield "label-for-each-pixel", "rows", {"labels": pixels, "num_classes": 3}
    nothing = np.zeros(0, dtype=np.int64)
    yield "empty-batch", "rows", {"labels": nothing, "num_classes": 3}

    yield "class-without-a-sample", "classes", {"labels": shuffled(0, 3, 3)}
    yield (
        "last-classes-without-a-sample",
        "classes",
        {"labels": shuffled(0, 1, 2), "num_classes": 6},
    )
    yield "one-class", "classes", {"labels": np.array([0, 0])}
    yield "one-class-numbered-one", "classes", {"labels": np.array([1, 1]), "first_class": 1}
    yield "counted-from-ten", "classes", {"labels": shuffled(10, 11, 13), "first_class": 10}
    yield (
        "counted-from-one-with-more-classes",
        "classes",
        {"labels": shuffled(1, 2, 4), "num_classes": 5, "first_class": 1},
    )
    # -1, 0, 1: as in "falls, stays, rises". A negative index is no error in NumPy.
    yield (
        "counted-from-minus-one",
        "classes",
        {"labels": shuffled(-1, 0, 1, 1), "num_classes": 3, "first_class": -1},
    )

    yield "int32", "types", {"labels": shuffled(0, 1, 3, 4).astype(np.int32)}
    yield "uint8", "types", {"labels": shuffled(1, 2, 3).astype(np.uint8), "first_class": 1}
    every_other = shuffled(0, 0, 1, 1, 2, 2, 3)[::2]
    yield "every-other-label", "types", {"labels": every_other, "num_classes": 4}
