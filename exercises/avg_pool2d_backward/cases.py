"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other, so no window has two largest pixels and no sum of
        # shares is zero by chance: the same mistakes show whatever the seed.
        tenths = rng.choice(np.arange(1, 200), size=shape, replace=False)
        return tenths / 10

    def setting(x, kernel_size, stride=None):
        step = kernel_size if stride is None else stride
        out_size = ((size - kernel_size) // step + 1 for size in x.shape[2:])
        grad_output = numbers(*x.shape[:2], *out_size)
        inputs = {"grad_output": grad_output, "x": x, "kernel_size": kernel_size}
        return inputs if stride is None else inputs | {"stride": stride}

    def in_float32(inputs):
        arrays = {name: inputs[name].astype(np.float32) for name in ("grad_output", "x")}
        return inputs | arrays

    yield "window-of-one", "windows", setting(numbers(1, 1, 3, 3), 1)
    yield "window-as-large-as-the-map", "windows", setting(numbers(1, 2, 3, 3), 3)
    yield "wide-map", "windows", setting(numbers(1, 1, 2, 6), 2)
    yield "tall-map", "windows", setting(numbers(1, 1, 6, 2), 2)
    yield "overlapping-windows", "windows", setting(numbers(1, 1, 5, 4), 3, stride=1)
    yield "overlapping-in-part", "windows", setting(numbers(1, 1, 5, 7), 3, stride=2)
    yield "pixels-of-no-window", "windows", setting(numbers(1, 1, 5, 7), 2)
    yield "stride-larger-than-kernel", "windows", setting(numbers(1, 1, 5, 8), 2, stride=3)

    # A map of one grey, so that no pixel is the largest.
    yield "grey-map", "shares", setting(np.full((1, 1, 4, 6), 2.5), 2)
    yield "gradients-of-both-signs", "shares", _alternating(setting(numbers(1, 1, 4, 4), 2))
    yield "no-gradient", "shares", _without_gradient(setting(numbers(1, 1, 4, 4), 2))
    yield "large-window", "shares", setting(numbers(1, 1, 8, 12), 4)

    yield "batch-of-two", "types", setting(numbers(2, 2, 4, 4), 3, stride=1)
    yield "float32", "types", in_float32(setting(numbers(2, 1, 3, 5), 2, stride=1))
    strided = np.asfortranarray(numbers(1, 2, 8, 5))[:, :, ::2]
    yield "not-contiguous-in-memory", "types", setting(strided, 2)


def _alternating(inputs):
    signs = np.where(np.indices(inputs["grad_output"].shape).sum(axis=0) % 2 == 0, 1, -1)
    return inputs | {"grad_output": signs * inputs["grad_output"]}


def _without_gradient(inputs):
    """The loss does not depend on the pooled maps, so it does not depend on x."""
    return inputs | {"grad_output": np.zeros_like(inputs["grad_output"])}
