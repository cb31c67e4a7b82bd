"""The calls of reference.recurrent and reference.sequences."""

from functools import partial

from calls import Call, some

import reference

SAMPLES, INPUTS, HIDDEN, STEPS = 3, 4, 2, 5


def weights(parts, seed):
    """Return weight_ih, weight_hh, bias_ih, bias_hh of so many parts, of either sign."""
    height = parts * HIDDEN
    shapes = ((height, INPUTS), (height, HIDDEN), (height,), (height,))
    return [some(*shape, seed=seed + i) * 2 - 1 for i, shape in enumerate(shapes)]


def step(name, parts, variant="", **options):
    states = [some(SAMPLES, HIDDEN, seed=i) for i in range(2 if name == "lstm_cell" else 1)]
    arrays = (some(SAMPLES, INPUTS), *states, *weights(parts, 10))
    return Call(name, partial(getattr(reference, name), **options), arrays, variant=variant)


def both_ways(cell, parts, **settings):
    def run(x, *arrays, **options):
        forward, backward = arrays[:4], arrays[4:]
        return reference.bidirectional(cell, x, forward, backward, **settings, **options)

    arrays = (some(STEPS, SAMPLES, INPUTS), *weights(parts, 10), *weights(parts, 20))
    return Call("bidirectional", run, arrays, variant=cell.__name__)


CALLS: list[Call] = [
    step("rnn_cell", 1),
    step("rnn_cell", 1, "relu", activation="relu"),
    step("lstm_cell", 4),
    step("gru_cell", 3),
    step("gru_cell", 3, "pytorch", form="pytorch"),
    both_ways(reference.rnn_cell, 1, activation="relu"),
    both_ways(reference.lstm_cell, 4),
    both_ways(reference.gru_cell, 3, form="pytorch"),
]
