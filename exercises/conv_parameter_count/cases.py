"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def layer(in_channels, out_channels, kernel_size, **bias):
        channels = {"in_channels": in_channels, "out_channels": out_channels}
        return {**channels, "kernel_size": kernel_size, **bias}

    # Few channels in, some out, more again: never the same number for two things that are counted.
    def few():
        return int(rng.integers(3, 6))

    def some():
        return int(rng.integers(7, 11))

    def many():
        return int(rng.integers(20, 60))

    def odd():
        return int(rng.choice([3, 5, 7]))

    yield "more-channels-out-than-in", "channels", layer(some(), many(), odd())
    yield "more-channels-in-than-out", "channels", layer(many(), some(), odd())
    same = some()
    yield "as-many-channels-out-as-in", "channels", layer(same, same, odd())
    yield "one-channel-in", "channels", layer(1, some(), odd())
    yield "one-channel-out", "channels", layer(some(), 1, odd())
    yield "kernel-of-one-mixes-channels", "channels", layer(many(), some(), 1)
    yield "even-kernel", "channels", layer(few(), many(), 2)
    yield "a-million-and-more", "channels", layer(512, 512 + few(), 3)

    yield "without-bias", "bias", layer(some(), many(), odd(), bias=False)
    yield "with-bias-said-aloud", "bias", layer(few(), many(), odd(), bias=True)
    yield "without-bias-and-with-a-kernel-of-one", "bias", layer(few(), some(), 1, bias=False)
    yield "one-number-in-all", "bias", layer(1, 1, 1, bias=False)
    yield "one-weight-and-one-bias", "bias", layer(1, 1, 1)
