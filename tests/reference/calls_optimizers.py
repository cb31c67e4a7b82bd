"""The calls of reference.optimizers and reference.adaptive_optimizers: steps with a state."""

from calls import Call, some

import reference

STATES = {
    "sgd": (),
    "momentum": ("velocity",),
    "adagrad": ("sum",),
    "adadelta": ("square_avg", "acc_delta"),
    "rmsprop": ("square_avg",),
    "adam": ("exp_avg", "exp_avg_sq"),
}


def step(name, **settings):
    """Return a function of param, grad and the arrays of the state."""

    def take(param, grad, *arrays, **options):
        state = dict(zip(STATES[name], arrays, strict=True))
        if name == "adam":
            state["step"] = 3
        optimizer = getattr(reference, name)
        return optimizer(param, grad, state, learning_rate=0.1, **settings, **options)

    return take


def of(name, variant="", **settings):
    arrays = [some(3, 4, seed=seed) for seed in range(2 + len(STATES[name]))]
    return Call(name, step(name, **settings), tuple(arrays), variant=variant)


CALLS: list[Call] = [
    *[of(name) for name in STATES],
    *[of(name, "lecture", eps_inside_sqrt=True) for name in ("adagrad", "rmsprop")],
    of("adam", "lecture", eps_inside_sqrt=True, bias_correction=False),
    of("momentum", "lecture", dampening=None, dampen_first_step=True),
]
