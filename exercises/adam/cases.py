"""Inputs that the lecture does not give; the oracle answers them."""

import numpy as np

STEPS = 4
LECTURE = {"bias_correction": False, "eps_inside_sqrt": True}
PAPER = {"bias_correction": True, "eps_inside_sqrt": False}


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""

    def numbers(*shape):
        # At least 0.5 away from zero, so that every step moves every weight.
        return (rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 4, size=shape)).round(2)

    def gradients(*shape):
        return [numbers(*shape) for _ in range(STEPS)]

    def setting(form, grads, learning_rate=0.1, betas=(0.8, 0.95), eps=1e-8):
        param = numbers(*grads[0].shape).astype(grads[0].dtype)
        settings = {"learning_rate": learning_rate, "betas": list(betas), "eps": eps}
        return {"param": param, "grads": grads, **settings, **form}

    for name, form in (("lecture", LECTURE), ("paper", PAPER)):
        group = f"{name}_form"
        yield f"{name}-one-weight", group, setting(form, gradients(1))
        yield f"{name}-three-weights", group, setting(form, gradients(3))
        yield f"{name}-large-epsilon", group, setting(form, gradients(2), eps=0.25)
        push = numbers(2)
        coasting = [push] + [0 * push] * (STEPS - 1)
        yield f"{name}-one-push-then-none", group, setting(form, coasting)
        to_and_fro = [push if step % 2 == 0 else -push for step in range(STEPS)]
        yield f"{name}-gradient-that-changes-sign", group, setting(form, to_and_fro)

    both = {"bias_correction": True, "eps_inside_sqrt": True}
    neither = {"bias_correction": False, "eps_inside_sqrt": False}
    yield "corrected-and-inside", "both_forms", setting(both, gradients(2), eps=0.25)
    yield "neither-corrected-nor-inside", "both_forms", setting(neither, gradients(2), eps=0.25)
    yield "no-memory-of-gradients", "both_forms", setting(PAPER, gradients(2), betas=(0.0, 0.9))
    yield "no-memory-of-squares", "both_forms", setting(PAPER, gradients(2), betas=(0.9, 0.0))
    yield "no-gradient-no-step", "both_forms", setting(PAPER, [np.zeros(2)] * STEPS)
    yield "matrix-of-weights", "types", setting(PAPER, gradients(2, 3))
    single = [grad.astype(np.float32) for grad in gradients(3)]
    yield "float32", "types", setting(PAPER, single)
    strided = [np.asfortranarray(grad) for grad in gradients(2, 2)]
    yield "not-contiguous-in-memory", "types", setting(LECTURE, strided)
