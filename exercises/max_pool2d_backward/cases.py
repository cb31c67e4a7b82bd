"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other, so every window has one largest pixel and no sum
        # is zero by chance: the same mistakes show whatever the seed.
        tenths = rng.choice(np.arange(1, 200), size=shape, replace=False)
        return tenths / 10

    def mixed(*shape):
        # Every second column is negative and farther from zero than any positive number.
        signs = np.where(np.arange(shape[-1]) % 2 == 0, 1, -1)
        return signs * (numbers(*shape) + np.where(signs < 0, 20, 0))

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
    # Its second column is brighter than all others, so each of its winners wins several windows.
    bright = numbers(1, 1, 5, 4) + np.array([0, 20, 0, 0])
    yield "overlapping-windows", "windows", setting(bright, 3, stride=1)
    yield "pixels-of-no-window", "windows", setting(numbers(1, 1, 5, 7), 2)
    yield "stride-larger-than-kernel", "windows", setting(numbers(1, 1, 5, 8), 2, stride=3)

    yield "all-negative", "winners", setting(-numbers(1, 1, 2, 4), 2)
    yield "mixed-signs", "winners", setting(mixed(1, 1, 4, 4), 2)
    grey = np.full((1, 1, 4, 4), 2.5)
    yield "ties-everywhere", "winners", setting(grey, 2)
    yield "ties-in-overlapping-windows", "winners", setting(grey, 3, stride=1)
    # As after ReLU: a window of zeros, and zeros in every other window.
    rectified = numbers(1, 1, 2, 6) * [[0, 0, 1, 0, 0, 1], [0, 0, 0, 1, 1, 0]]
    yield "zeros-of-a-relu", "winners", setting(rectified, 2)
    # Read row by row, the first 9 stands at the right; read column by column, at the left.
    crossed = np.tile([[1.0, 9.0], [9.0, 2.0]], (1, 1, 1, 2))
    yield "tie-across-rows", "winners", setting(crossed, 2)
    one_lit = np.tile([[0.0, 0.0], [1.0, 0.0]], (1, 1, 2, 3))
    yield "one-lit-pixel-in-each-window", "winners", setting(one_lit, 2)
    yield "gradients-of-both-signs", "winners", _alternating(setting(numbers(1, 1, 4, 4), 2))

    # The winners of the second channel are mirrored, so none stands where one of the first does.
    one = np.array([[1.0, 2.0], [3.0, 9.0]])
    channels = numbers(2, 2, 2, 2) / 20 + np.stack([one, one[::-1, ::-1]])
    yield "channels-with-different-winners", "types", setting(channels, 2)
    yield "float32", "types", in_float32(setting(numbers(2, 1, 3, 5), 2, stride=1))
    strided = np.asfortranarray(numbers(1, 2, 8, 5))[:, :, ::2]
    yield "not-contiguous-in-memory", "types", setting(strided, 2)


def _alternating(inputs):
    signs = np.where(np.indices(inputs["grad_output"].shape).sum(axis=0) % 2 == 0, 1, -1)
    return inputs | {"grad_output": signs * inputs["grad_output"]}
