"""Exercise roc_curve: `grade show roc_curve` prints the task."""

import numpy as np  # noqa: F401


def roc_curve(y_true, scores):
    """Return the tuple (fpr, tpr, thresholds) of the ROC curve.

    A sample is called positive where its score is at least the threshold.

    Arguments:
        y_true: array of N integers, 1 positive and 0 negative; each occurs at least once.
        scores: array of N floats, the higher the likelier positive.

    Returns: three arrays of the same length:
        fpr: the false positive rate FP / (FP + TN) at each threshold, from 0 to 1.
        tpr: the true positive rate TP / (TP + FN) at each threshold, from 0 to 1.
        thresholds: infinity, then the scores that occur, each once, highest first.

    Example:
        y_true [0, 1, 1] with scores [0.2, 0.3, 0.7] gives
        fpr [0, 0, 0, 1], tpr [0, 0.5, 1, 1], thresholds [inf, 0.7, 0.3, 0.2].
    """
    raise NotImplementedError("roc_curve is not written yet")
