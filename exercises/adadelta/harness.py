"""Some steps of the student's optimizer: the state of one step is given to the next."""

import numpy as np


def run(entry, inputs):
    """Return the list of the weights after each step."""
    settings = {name: value for name, value in inputs.items() if name not in ("param", "grads")}
    param, state = inputs["param"], None
    after_each_step = []
    for grad in inputs["grads"]:
        answer = entry(param=_read_only(param), grad=_read_only(grad), state=state, **settings)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise TypeError(
                "adadelta must return two things, the new weights and the new state:"
                f" got {type(answer).__name__}"
            )
        param, state = answer
        # A copy: the next step may change the array that this one returned.
        after_each_step.append(np.array(param) if isinstance(param, np.ndarray) else param)
    return after_each_step


def _read_only(values):
    """Return the same numbers, so protected that `param -= ...` raises where it stands."""
    view = np.asarray(values).view()
    view.flags.writeable = False
    return view
