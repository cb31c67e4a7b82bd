"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # Not rounded: a hidden sum of exactly 0 would be a matter of the order of its terms.
        return rng.uniform(0.1, 1, size=shape)

    def setting(samples, sizes, learning_rate, steps):
        """A network whose hidden units compare inputs: each sleeps for some of the samples."""
        inputs, hidden, outputs = sizes
        chequered = np.where(np.indices((inputs, hidden)).sum(axis=0) % 2 == 0, 1, -1)
        return {
            "x": numbers(samples, inputs),
            # Far from what the network says, so that no cost comes near zero.
            "y": numbers(samples, outputs) + 3,
            "weight1": chequered * numbers(inputs, hidden),
            "bias1": numbers(hidden) / 10,
            "weight2": numbers(hidden, outputs),
            "bias2": numbers(outputs) / 2,
            "learning_rate": learning_rate,
            "steps": steps,
        }

    def all_awake(case):
        return case | {name: np.abs(case[name]) for name in ("weight1", "bias1")}

    yield "no-step-at-all", "one_step", setting(3, (2, 3, 1), 0.01, 0)
    yield "one-step-with-units-asleep", "one_step", setting(4, (2, 4, 1), 0.01, 1)
    yield "one-step-when-all-are-awake", "one_step", all_awake(setting(3, (3, 2, 2), 0.01, 1))
    asleep = setting(3, (2, 2, 1), 0.02, 1)
    asleep |= {name: -np.abs(asleep[name]) for name in ("weight1", "bias1")}
    yield "one-step-when-all-sleep", "one_step", asleep

    yield "batch-of-one", "training", setting(1, (2, 3, 1), 0.01, 5)
    yield "many-steps", "training", setting(6, (2, 4, 1), 0.003, 25)
    yield "many-units-and-outputs", "training", setting(5, (4, 6, 3), 0.004, 8)
    yield "as-many-of-everything", "training", setting(3, (3, 3, 3), 0.01, 4)
    at_zero = setting(3, (2, 2, 1), 0.02, 3)
    at_zero |= {"weight1": np.zeros((2, 2)), "bias1": np.zeros(2)}
    yield "relu-at-zero", "training", at_zero
    yield "learning-rate-zero", "training", setting(3, (2, 2, 1), 0.0, 3)

    small = all_awake(setting(4, (2, 3, 1), 0.005, 4))
    yield (
        "float32",
        "types",
        {k: v.astype(np.float32) if isinstance(v, np.ndarray) else v for k, v in small.items()},
    )
    yield "empty-batch", "types", setting(0, (2, 2, 1), 0.1, 2)
    turned = setting(4, (3, 4, 2), 0.005, 3)
    turned |= {name: np.asfortranarray(turned[name]) for name in ("x", "weight1", "weight2")}
    yield "not-contiguous-in-memory", "types", turned
