"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Neither near zero nor large: every number counts, and no unit is stuck at 1 or -1.
        return rng.choice([-1, 1], size=shape) * rng.uniform(0.3, 0.9, size=shape)

    def network(sequences, steps, inputs, units, **more):
        given = {
            "x": numbers(sequences, steps, inputs),
            "weight_ih": numbers(units, inputs),
            "weight_hh": numbers(units, units),
            "bias": numbers(units),
            "weight_ih_reverse": numbers(units, inputs),
            "weight_hh_reverse": numbers(units, units),
            "bias_reverse": numbers(units),
        }
        return given | more

    def push_at(step):
        x = np.zeros((1, 4, 2))
        x[:, step] = numbers(2)
        zeros = np.zeros(2)
        return network(1, 4, 2, 2, x=x, bias=zeros, bias_reverse=zeros.copy())

    yield "push-at-the-first-step", "directions", push_at(0)
    yield "push-at-the-last-step", "directions", push_at(-1)
    shared = network(1, 4, 2, 2)
    for name in ("weight_ih", "weight_hh", "bias"):
        shared[f"{name}_reverse"] = shared[name].copy()
    yield "the-same-weights-both-ways", "directions", shared
    # Read from either side this sequence is the same; the two networks are not.
    half = numbers(1, 2, 3)
    palindrome = np.concatenate([half, half[:, ::-1]], axis=1)
    yield "palindrome", "directions", network(1, 4, 3, 2, x=palindrome)
    quiet = {"x": np.zeros((1, 3, 2)), "bias": np.zeros(2), "bias_reverse": np.zeros(2)}
    yield "silence", "directions", network(1, 3, 2, 2, **quiet)
    memoryless = {name: np.zeros((2, 2)) for name in ("weight_hh", "weight_hh_reverse")}
    yield "without-memory", "directions", network(1, 3, 2, 2, **memoryless)

    yield "one-sequence", "shapes", network(1, 4, 2, 3)
    yield "batch-of-sequences", "shapes", network(3, 4, 2, 2)
    yield "one-step", "shapes", network(1, 1, 3, 2)
    yield "one-unit-each-way", "shapes", network(2, 5, 3, 1)
    # All sizes are alike: no shape tells the axes apart.
    yield "square", "shapes", network(3, 3, 3, 3)

    single = {name: values.astype(np.float32) for name, values in network(2, 3, 2, 2).items()}
    yield "float32", "types", single
    # Every other step of a longer sequence, and weights in another order in memory.
    given = network(2, 6, 2, 3)
    columns = np.asfortranarray(given["weight_hh_reverse"])
    scattered = {"x": given["x"][:, ::2], "weight_hh_reverse": columns}
    yield "not-contiguous-in-memory", "types", {**given, **scattered}
