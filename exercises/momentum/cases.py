"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

STEPS = 5


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # At least 0.5 away from zero, so that every step moves every weight.
        return (rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 4, size=shape)).round(2)

    def setting(param, grads, learning_rate=0.1, momentum=0.9):
        settings = {"learning_rate": learning_rate, "momentum": momentum}
        return {"param": param, "grads": grads, **settings}

    def gradients(*shape):
        return [numbers(*shape) for _ in range(STEPS)]

    yield "one-weight", "moves", setting(numbers(1), gradients(1))
    yield (
        "no-momentum-is-gradient-descent",
        "moves",
        setting(numbers(2), gradients(2), momentum=0.0),
    )
    yield "constant-gradient", "moves", setting(numbers(2), [numbers(2)] * STEPS)
    push = numbers(2)
    yield "one-push-then-coasting", "moves", setting(numbers(2), [push] + [0 * push] * (STEPS - 1))
    to_and_fro = [push if step % 2 == 0 else -push for step in range(STEPS)]
    yield "gradient-that-changes-sign", "moves", setting(numbers(2), to_and_fro)
    yield "learning-rate-one", "moves", setting(numbers(2), gradients(2), learning_rate=1.0)
    yield "little-momentum", "moves", setting(numbers(2), gradients(2), 0.02, momentum=0.3)
    yield "matrix-of-weights", "types", setting(numbers(2, 3), gradients(2, 3), 0.05, momentum=0.8)
    yield (
        "float32",
        "types",
        setting(numbers(3).astype(np.float32), [grad.astype(np.float32) for grad in gradients(3)]),
    )
    yield (
        "not-contiguous-in-memory",
        "types",
        setting(numbers(2, 4)[:, ::2], [np.asfortranarray(grad) for grad in gradients(2, 2)]),
    )
