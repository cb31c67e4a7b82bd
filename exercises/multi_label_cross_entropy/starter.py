"""Exercise multi_label_cross_entropy.

`grade show multi_label_cross_entropy` prints the task, `grade check` looks at your answer.
"""

import numpy as np  # noqa: F401


def multi_label_cross_entropy(logits, targets):
    """Return the mean binary cross-entropy of sigmoid(logits) over all samples and labels.

    Arguments:
        logits: array of scores, shape (N, K), from -1000 to 1000.
        targets: array of the same shape: 1 for each label that the sample has, else 0.

    Returns: one number.

    Example:
        multi_label_cross_entropy(np.array([[0.0, 1000.0]]), np.array([[1, 1]]))
        gives 0.3466: the labels cost ln 2 and 0.
    """
    raise NotImplementedError("multi_label_cross_entropy is not written yet")
