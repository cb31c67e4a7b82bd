"""TODO: the oracle, derived on its own; remove it when reference/ has the operation."""


def new_exercise(x):
    """Return the mean of every row."""
    return x.mean(axis=1)
