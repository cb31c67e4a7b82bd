"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other, so every window has one winner. The other kinds
        # of maps are made from these: the same mistakes show whatever the seed.
        return rng.choice(np.arange(1, 200), size=shape, replace=False) / 10

    def setting(x, kernel_size, **options):
        stride = options.get("stride", kernel_size)
        sizes = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
        shape = (*x.shape[:2], *sizes)
        # The largest of a map's gradients is less than twice the smallest, so that no sum of two
        # looks like one of them. Every third one is negative.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 1, -1, 1)
        grad_output = signs * rng.uniform(2, 3.5, size=shape).astype(x.dtype)
        return {"grad_output": grad_output, "x": x, "kernel_size": kernel_size, **options}

    def with_peak(height, width, row, column):
        x = numbers(1, 1, height, width)
        x[0, 0, row, column] = 50
        return x

    yield "window-of-one", "windows", setting(numbers(1, 1, 2, 3), 1)
    yield "wide-map", "windows", setting(numbers(1, 1, 2, 6), 2)
    yield "tall-map", "windows", setting(numbers(1, 1, 6, 2), 2)
    yield "all-negative", "windows", setting(-numbers(1, 1, 2, 4), 2)
    yield "kernel-that-does-not-divide", "windows", setting(numbers(1, 1, 5, 7), 2)
    yield "stride-larger-than-kernel", "windows", setting(numbers(1, 1, 5, 8), 2, stride=3)
    no_gradient = setting(numbers(1, 1, 2, 4), 2)
    yield "no-gradient", "windows", no_gradient | {"grad_output": np.zeros((1, 1, 1, 2))}

    yield "peak-of-two-windows", "overlaps", setting(with_peak(2, 5, 1, 2), 2, stride=1)
    yield "peak-of-nine-windows", "overlaps", setting(with_peak(5, 6, 2, 3), 3, stride=1)
    yield "windows-that-share-a-row", "overlaps", setting(with_peak(5, 5, 2, 0), 3, stride=2)

    yield "map-of-one-colour", "ties", setting(np.full((1, 1, 4, 4), numbers(1)[0]), 2)
    ties = numbers(1, 1, 4, 4)
    # In each window two places hold the same largest value: in a row, a column and a diagonal.
    for row, column in [(0, 0), (0, 1), (0, 2), (1, 2), (2, 1), (3, 0), (2, 2), (3, 3)]:
        ties[0, 0, row, column] = 30
    yield "two-winners-in-each-window", "ties", setting(ties, 2)
    yield "equal-values-that-do-not-win", "ties", setting(np.where(ties == 30, 0, ties), 2)
    after_relu = np.zeros((1, 1, 2, 6))
    after_relu[..., 3] = numbers(1, 1, 2)
    yield "after-relu", "ties", setting(after_relu, 2)

    yield "batch-of-two", "types", setting(numbers(2, 3, 4, 4), 2)
    yield "float32", "types", setting(numbers(2, 1, 3, 5).astype(np.float32), 2, stride=1)
    columns = setting(np.asfortranarray(numbers(1, 2, 8, 5))[:, :, ::2], 2)
    columns["grad_output"] = np.asfortranarray(columns["grad_output"])
    yield "not-contiguous-in-memory", "types", columns
