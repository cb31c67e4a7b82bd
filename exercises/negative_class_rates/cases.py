"""Inputs that the lectures do not give; the oracle answers them."""

import numpy as np


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs).

    The four counts come from ranges that do not meet, so that no two rates are equal by chance.
    """

    def counts(**fixed):
        drawn = {
            "tp": int(rng.integers(30, 40)),
            "fp": int(rng.integers(5, 9)),
            "fn": int(rng.integers(12, 18)),
            "tn": int(rng.integers(50, 70)),
        }
        return drawn | fixed

    yield "mostly-negatives", "rates", counts()
    yield "mostly-positives", "rates", counts(tp=int(rng.integers(300, 400)))
    yield "many-false-alarms", "rates", counts(fp=int(rng.integers(200, 300)))
    yield "no-false-alarm", "rates", counts(fp=0)
    yield "no-positive-missed", "rates", counts(fn=0)
    yield "no-true-positive", "rates", counts(tp=0)
    yield "perfect", "rates", counts(fp=0, fn=0)
    yield "no-negative-recognised", "rates", counts(tn=0)

    yield "no-negative-sample", "undefined", counts(fp=0, tn=0)
    yield "nothing-called-negative", "undefined", counts(fn=0, tn=0)
    yield "all-positive-and-all-found", "undefined", counts(fp=0, fn=0, tn=0)
    yield "no-positive-sample", "undefined", counts(tp=0, fn=0)

    narrow = {name: np.int32(count) for name, count in counts().items()}
    yield "int32", "types", narrow
    # Counts whose sums a byte cannot hold.
    wide = counts(tn=int(rng.integers(250, 300)), fp=int(rng.integers(60, 90)))
    yield "int16", "types", {name: np.int16(count) for name, count in wide.items()}
