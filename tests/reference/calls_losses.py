"""The calls of the losses and of their gradients."""

from functools import partial

import numpy as np
from calls import Call, some

import reference

P, T = some(4, 3), some(4, 3, seed=8)
LOGITS = 6 * some(4, 3, seed=9) - 3
LABELS = np.array([0, 2, 1, 1])


def both(name, *floats, **options):
    """The calls of a loss and of its gradient, with the same arguments."""
    return [
        Call(each, partial(getattr(reference, each), **options), floats)
        for each in (name, f"{name}_backward")
    ]


def of_labels(name, values):
    return [
        Call(
            each,
            lambda labels, each=each, **more: getattr(reference, each)(values, labels, **more),
            integers=(LABELS,),
            variant="of-labels",
        )
        for each in (name, f"{name}_backward")
    ]


CALLS: list[Call] = [
    *both("cross_entropy", P, T),
    *both("binary_cross_entropy", P, T, base=10),
    *both("softmax_cross_entropy", LOGITS, T),
    Call(
        "softmax_cross_entropy_with_gradient",
        reference.softmax_cross_entropy_with_gradient,
        (LOGITS, T),
    ),
    *both("mse", LOGITS, T, reduction="per_sample"),
    *both("rmse", LOGITS, T),
    Call(
        "cross_entropy", partial(reference.cross_entropy, reduction="none"), (P, T), variant="none"
    ),
    *of_labels("cross_entropy", P),
    *of_labels("softmax_cross_entropy", LOGITS),
    Call(
        "softmax_cross_entropy_with_gradient",
        lambda labels, **more: reference.softmax_cross_entropy_with_gradient(
            LOGITS, labels, **more
        ),
        integers=(LABELS,),
        variant="of-labels",
    ),
    Call("one_hot", reference.one_hot, integers=(LABELS,)),
]
