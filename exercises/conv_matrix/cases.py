"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def kernel(*shape):
        # Different from each other and never 0: every weight is seen where it stands.
        tenths = rng.choice(np.arange(1, 100), size=shape, replace=False)
        return rng.choice([-1, 1], size=shape) * tenths / 10

    def setting(weight, *input_size, **more):
        return {"weight": weight, "input_size": list(input_size), **more}

    yield "one-row", "windows", setting(kernel(1, 3), 1, 5)
    yield "one-column", "windows", setting(kernel(2, 1), 4, 1)
    yield "square-image", "windows", setting(kernel(2, 2), 3, 3)
    yield "wide-image", "windows", setting(kernel(2, 2), 3, 4)
    yield "tall-image", "windows", setting(kernel(2, 2), 4, 2)
    yield "kernel-that-is-not-square", "windows", setting(kernel(1, 3), 2, 4)
    yield "kernel-of-one-is-a-diagonal", "windows", setting(kernel(1, 1), 2, 3)
    yield "kernel-as-large-as-the-image", "windows", setting(kernel(2, 3), 2, 3)
    yield "stride-of-two", "windows", setting(kernel(2, 2), 4, 5, stride=2)
    yield "stride-in-one-row", "windows", setting(kernel(1, 2), 1, 6, stride=2)
    yield "stride-larger-than-kernel", "windows", setting(kernel(1, 2), 3, 5, stride=3)

    side, middle = kernel(2)
    same = {"weight": np.array([[side, middle, side]]), "input_size": [1, 4], "padding": [0, 1]}
    yield "symmetric-kernel-that-keeps-the-size", "padding", same
    yield "padding-on-all-sides", "padding", setting(kernel(2, 2), 2, 2, padding=[1, 1])
    yield "padding-above-and-below", "padding", setting(kernel(2, 2), 2, 3, padding=[1, 0])
    yield "window-in-the-padding-alone", "padding", setting(kernel(1, 1), 1, 2, padding=[0, 1])
    yield (
        "padding-with-stride",
        "padding",
        setting(kernel(3, 2), 4, 3, stride=2, padding=[1, 1]),
    )

    yield "float32", "types", setting(kernel(2, 2).astype(np.float32), 2, 4)
    yield "transposed-kernel", "types", setting(kernel(3, 2).T, 3, 4)
