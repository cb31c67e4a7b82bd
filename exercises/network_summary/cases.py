"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def conv(out_channels, kernel_size, stride=1, padding=0):
    numbers = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    return {"kind": "conv", "out_channels": out_channels, **numbers}


def max_pool(kernel_size, stride):
    return {"kind": "max_pool", "kernel_size": kernel_size, "stride": stride}


def avg_pool(kernel_size, stride):
    return {"kind": "avg_pool", "kernel_size": kernel_size, "stride": stride}


def dense(units):
    return {"kind": "dense", "units": units}


FLATTEN = {"kind": "flatten"}


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def network(shape, *layers):
        return {"layers": list(layers), "input_shape": shape}

    def few():
        return int(rng.integers(2, 5))

    def some():
        return int(rng.integers(6, 12))

    def many():
        return int(rng.integers(13, 30))

    # Sizes are 1 more than a multiple of 4, so that what is left over is the same for every seed.
    def rows():
        return 4 * int(rng.integers(4, 7)) + 1

    def columns():
        return 4 * int(rng.integers(8, 11)) + 1

    square = rows()
    yield "no-layers", "layers", network([3, 8, 8])
    yield "one-convolution", "layers", network([few(), square, square], conv(some(), 3))
    yield "image-of-one-channel", "layers", network([1, square, square], conv(some(), 5))
    yield "padding-keeps-the-size", "layers", network([few(), 7, 9], conv(some(), 5, padding=2))
    yield "strided-convolution", "layers", network([few(), square, square], conv(some(), 2, 3))
    yield (
        "stride-and-padding",
        "layers",
        network([few(), rows(), columns()], conv(some(), 4, stride=4, padding=1)),
    )
    yield "pooling-alone", "layers", network([few(), rows(), columns()], max_pool(2, 2))
    yield "windows-that-overlap", "layers", network([few(), square, square], max_pool(3, 2))
    yield "global-average", "layers", network([some(), 7, 7], avg_pool(7, 7), FLATTEN)
    yield "flatten-alone", "layers", network([few(), 4, 6], FLATTEN)
    yield "dense-alone", "layers", network([many(), 1, 1], dense(some()))

    yield (
        "perceptron",
        "networks",
        network([1, 28, 28], FLATTEN, dense(many()), dense(some())),
    )
    yield (
        "convolutions-alone",
        "networks",
        network([few(), square, square], conv(some(), 3, padding=1), conv(many(), 1), conv(5, 2)),
    )
    pooled = (conv(some(), 3), max_pool(2, 2), conv(many(), 3, padding=1), avg_pool(3, 2))
    yield "wide-image", "networks", network([few(), rows(), columns()], *pooled)
    yield (
        "tall-image-to-classes",
        "networks",
        network([few(), columns(), rows()], *pooled, FLATTEN, dense(some()), dense(few())),
    )
