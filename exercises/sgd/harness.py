"""One batch after another: each step gets the weights that the step before returned."""

import numpy as np


def run(entry, inputs):
    """Return the list of the weights after each batch."""
    param = inputs["param"]
    after_each_batch = []
    for sample_grads in inputs["batches"]:
        param = entry(
            param=_read_only(param),
            sample_grads=_read_only(sample_grads),
            learning_rate=inputs["learning_rate"],
        )
        # A copy: the next step may change the array that this one returned.
        after_each_batch.append(np.array(param) if isinstance(param, np.ndarray) else param)
    return after_each_batch


def _read_only(values):
    """Return the same numbers, so protected that `param -= ...` raises where it stands."""
    view = np.asarray(values).view()
    view.flags.writeable = False
    return view
