"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

STEPS = 4


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # At least 0.5 away from zero, so that every step moves every weight.
        return (rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 4, size=shape)).round(2)

    def setting(param, grads, learning_rate=0.1, eps=1e-8):
        settings = {"eps": eps}
        return {"param": param, "grads": grads, "learning_rate": learning_rate, **settings}

    def gradients(*shape):
        return [numbers(*shape) for _ in range(STEPS)]

    yield "one-weight", "steps", setting(numbers(1), gradients(1))
    yield "three-weights", "steps", setting(numbers(3), gradients(3))
    push = numbers(2)
    yield "constant-gradient", "steps", setting(numbers(2), [push] * STEPS)
    yield "one-push-then-none", "steps", setting(numbers(2), [push] + [0 * push] * (STEPS - 1))
    to_and_fro = [push if step % 2 == 0 else -push for step in range(STEPS)]
    yield "gradient-that-changes-sign", "steps", setting(numbers(2), to_and_fro)
    steep_and_flat = [np.array([100.0, 0.01]) * numbers(2) for _ in range(STEPS)]
    yield "steep-and-flat-directions", "steps", setting(numbers(2), steep_and_flat)
    yield "no-gradient-no-step", "edges", setting(numbers(2), [np.zeros(2)] * STEPS)
    yield "large-epsilon", "edges", setting(numbers(2), gradients(2), eps=0.25)
    yield "learning-rate-one", "edges", setting(numbers(2), gradients(2), learning_rate=1.0)
    yield "matrix-of-weights", "types", setting(numbers(2, 3), gradients(2, 3), 0.05)
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
