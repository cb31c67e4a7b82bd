"""The calls of reference.activations and reference.probabilities."""

from functools import partial

from calls import Call, some

import reference

X, GRAD = 6 * some(3, 4), some(3, 4, seed=8)

CALLS: list[Call] = [
    call
    for name in ("sigmoid", "tanh", "relu", "leaky_relu", "softmax", "log_softmax")
    for backward in [getattr(reference, f"{name}_backward")]
    for call in (
        Call(name, getattr(reference, name), (X,)),
        Call(backward.__name__, backward, (GRAD, X)),
    )
] + [
    call
    for name in ("softmax", "log_softmax")
    for backward in [getattr(reference, f"{name}_backward")]
    for call in (
        Call(name, partial(getattr(reference, name), axis=0), (X,), variant="first-axis"),
        Call(backward.__name__, partial(backward, axis=0), (GRAD, X), variant="first-axis"),
    )
]
