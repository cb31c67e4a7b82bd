"""Exercise one_vs_rest_classifier.

`grade show one_vs_rest_classifier` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def one_vs_rest_classifier(x, weight, bias):
    """Return the scores of K linear classifiers, one per class, and the class that wins.

    Arguments:
        x: array of N samples of I inputs, shape (N, I)
        weight: array of shape (I, K), a column for each classifier
        bias: array of shape (K,), one number per classifier

    Returns: the tuple (scores, classes): floats of shape (N, K), and integers of shape (N,) from 0
    to K - 1. The first class wins a tie.

    Example:
        one_vs_rest_classifier(np.array([[2.0, 1.0]]), np.eye(2), np.array([0.0, 3.0])) gives the
        scores [[2.0, 4.0]] and the classes [1].
    """
    raise NotImplementedError("one_vs_rest_classifier is not written yet")
