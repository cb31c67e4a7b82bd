"""The calls of reference.pooling, reference.average_pooling and reference.pooling_gradients."""

from functools import partial

from calls import Call, some

import reference

X, GRAD = some(2, 3, 6, 5), some(2, 3, 3, 2, seed=8)
OVERLAP = {"kernel_size": 3, "stride": (2, 1), "padding": 1, "ceil_mode": True}
GRAD_OF_OVERLAP = some(2, 3, 4, 5, seed=8)


def of(name, *floats, variant="", **options):
    return Call(name, partial(getattr(reference, name), **options), floats, variant=variant)


CALLS: list[Call] = [
    call
    for name in ("max_pool2d", "min_pool2d", "avg_pool2d")
    for call in (
        of(name, X, kernel_size=2),
        of(name, X, variant="overlap", **OVERLAP),
        of(f"{name}_backward", GRAD, X, kernel_size=2),
        of(f"{name}_backward", GRAD_OF_OVERLAP, X, variant="overlap", **OVERLAP),
    )
] + [
    of("max_pool2d", X, variant="indices", kernel_size=2, dilation=2, return_indices=True),
    of("min_pool2d", X, variant="indices", kernel_size=2, dilation=2, return_indices=True),
    of("avg_pool2d", X, variant="pixels", count_include_pad=False, **OVERLAP),
    of("global_avg_pool2d", X),
    of("global_avg_pool2d", X, variant="keepdims", keepdims=True),
    of("global_avg_pool2d_backward", some(2, 3, seed=8), X),
]
