import numpy as np  # noqa: F401


def new_exercise(x):
    """TODO: what comes back.

    x: float array of shape (N, D)
    returns: float array of shape (N,)

    Example: new_exercise(np.array([[1.0, 2.0, 3.0]])) is array([2.])
    """
    raise NotImplementedError("new_exercise is not written yet")
