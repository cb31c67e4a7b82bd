"""Exercise mse: `grade show mse` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def mse(predictions, targets, reduction="mean"):
    """Return the mean squared error of the predictions.

    Arguments:
        predictions: array of shape (N, ...); its first axis counts the samples.
        targets: array of the same shape.
        reduction: "mean" divides the sum of the squares by the number of elements, "per_sample" by
            the number N of samples; "sum" does not divide; "none" does not add either.

    Returns: one number; for "none" an array of the squares.

    Example: mse(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [3.0, 2.0]]))
        gives 2.0, as the squares are 0, 4, 0 and 4; with reduction="per_sample" it is 4.0.
    """
    raise NotImplementedError("mse is not written yet")
