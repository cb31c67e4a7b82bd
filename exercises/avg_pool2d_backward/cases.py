"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Positive and different from each other.
        return rng.choice(np.arange(1, 200), size=shape, replace=False) / 10

    def setting(x, kernel_size, **options):
        stride = options.get("stride", kernel_size)
        sizes = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
        shape = (*x.shape[:2], *sizes)
        # Away from zero, every third one negative: no share is lost in the tolerance.
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 3 == 1, -1, 1)
        grad_output = signs * rng.uniform(2, 3.5, size=shape).astype(x.dtype)
        return {"grad_output": grad_output, "x": x, "kernel_size": kernel_size, **options}

    yield "window-of-one", "windows", setting(numbers(1, 1, 2, 3), 1)
    yield "wide-map", "windows", setting(numbers(1, 1, 2, 6), 2)
    yield "tall-map", "windows", setting(numbers(1, 1, 6, 2), 2)
    yield "window-of-three", "windows", setting(numbers(1, 1, 3, 6), 3)
    yield "kernel-that-does-not-divide", "windows", setting(numbers(1, 1, 5, 7), 2)
    yield "stride-larger-than-kernel", "windows", setting(numbers(1, 1, 5, 8), 2, stride=3)
    yield "map-of-zeros", "windows", setting(np.zeros((1, 1, 2, 4)), 2)
    yield "map-of-one-colour", "windows", setting(np.full((1, 1, 4, 4), numbers(1)[0]), 2)
    no_gradient = setting(numbers(1, 1, 2, 4), 2)
    yield "no-gradient", "windows", no_gradient | {"grad_output": np.zeros((1, 1, 1, 2))}

    yield "stride-one", "overlaps", setting(numbers(1, 1, 4, 5), 2, stride=1)
    yield "pixel-that-nine-windows-see", "overlaps", setting(numbers(1, 1, 5, 5), 3, stride=1)
    yield "windows-that-share-a-row", "overlaps", setting(numbers(1, 1, 5, 3), 3, stride=2)
    yield "overlap-that-does-not-divide", "overlaps", setting(numbers(1, 1, 6, 4), 3, stride=2)

    yield "batch-of-two", "types", setting(numbers(2, 3, 4, 4), 2)
    yield "float32", "types", setting(numbers(2, 1, 3, 5).astype(np.float32), 2, stride=1)
    columns = setting(np.asfortranarray(numbers(1, 2, 8, 5))[:, :, ::2], 2)
    columns["grad_output"] = np.asfortranarray(columns["grad_output"])
    yield "not-contiguous-in-memory", "types", columns
