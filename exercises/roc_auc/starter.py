"""Exercise roc_auc: `grade show roc_auc` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def roc_auc(y_true, scores):
    """Return the area under the ROC curve.

    It is the share of the pairs of a positive and a negative in which the positive has the higher
    score; a pair with equal scores counts half.

    Arguments:
        y_true: array of N integers, 1 positive and 0 negative; each occurs at least once.
        scores: array of N floats, the higher the likelier positive.

    Returns: one number from 0 to 1.

    Example:
        roc_auc(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8])) gives 0.75.
    """
    raise NotImplementedError("roc_auc is not written yet")
