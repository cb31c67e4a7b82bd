"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape, size=1.0):
        # Neither near zero nor large: every number counts, and no unit is stuck at 1 or -1.
        return rng.choice([-1, 1], size=shape) * rng.uniform(0.3, 0.9, size=shape) * size

    def network(sequences, steps, inputs, units, **more):
        given = {
            "x": numbers(sequences, steps, inputs),
            "weight_ih": numbers(units, inputs),
            "weight_hh": numbers(units, units),
            "bias": numbers(units),
        }
        return given | more

    every = {"return_sequences": True}
    yield "one-sequence", "sequences", network(1, 4, 2, 3, **every)
    yield "batch-of-sequences", "sequences", network(3, 4, 2, 2, **every)
    yield "one-step", "sequences", network(1, 1, 3, 2, **every)
    yield "one-step-with-a-state", "sequences", network(1, 1, 2, 2, h=numbers(1, 2), **every)
    yield "first-state-given", "sequences", network(2, 3, 2, 3, h=numbers(2, 3), **every)
    yield "one-hidden-unit", "sequences", network(1, 5, 2, 1, **every)
    # As many steps as sequences: the shapes do not tell the axes apart.
    yield "square-batch", "sequences", network(3, 3, 3, 3, **every)
    # After an impulse the input is silent: what remains is memory.
    impulse = numbers(1, 4, 1)
    impulse[:, 1:] = 0
    quiet = {"x": impulse, "bias": np.zeros(2)}
    yield "impulse-then-silence", "sequences", network(1, 4, 1, 2, **quiet, **every)
    silence = {"x": np.zeros((1, 3, 2)), "bias": np.zeros(3)}
    yield "silence", "sequences", network(1, 3, 2, 3, **silence, **every)

    yield "last-state-by-default", "last_state", network(1, 4, 3, 2)
    yield (
        "last-states-of-a-batch",
        "last_state",
        network(3, 4, 2, 2, h=numbers(3, 2), return_sequences=False),
    )
    loud = {"x": numbers(1, 3, 2, size=60)}
    yield "inputs-far-from-zero", "last_state", network(1, 3, 2, 3, **loud, return_sequences=False)

    single = {name: values.astype(np.float32) for name, values in network(2, 3, 2, 3).items()}
    yield "float32", "types", {**single, **every}
    # Every other step of a longer sequence, and weights in another order in memory.
    given = network(2, 6, 2, 3)
    scattered = {"x": given["x"][:, ::2], "weight_hh": np.asfortranarray(given["weight_hh"])}
    yield "not-contiguous-in-memory", "types", {**given, **scattered, **every}
