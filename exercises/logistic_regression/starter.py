"""Exercise logistic_regression.

`grade show logistic_regression` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def logistic_regression(x, y, w, b, learning_rate):
    """Return the predictions of a logistic regression, and its parameters after one step.

    Arguments:
        x: array of shape (N, I), the samples.
        y: array of shape (N,), 1 for yes and 0 for no.
        w: array of shape (I,), the weights.
        b: one number, the bias.
        learning_rate: the length of the step of gradient descent.

    Returns: four things (h, classes, new_w, new_b)
        h: array of shape (N,), the probabilities of "yes", before the step.
        classes: array of shape (N,), 1 where h is above 0.5, else 0.
        new_w, new_b: the weights and the bias after the step.

    Example:
        logistic_regression(np.array([[2.0]]), np.array([1]), np.array([0.0]), 0.0, 0.1)
        gives [0.5], [0], [0.1] and 0.05.
    """
    raise NotImplementedError("logistic_regression is not written yet")
