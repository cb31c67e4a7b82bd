"""Exercise precision_recall_curve: `grade show precision_recall_curve` prints the task."""

import numpy as np  # noqa: F401


def precision_recall_curve(y_true, scores):
    """Return the tuple (precision, recall, thresholds) of the precision-recall curve.

    A sample is called positive where its score is at least the threshold.

    Arguments:
        y_true: array of N integers, 1 positive and 0 negative; at least one is positive.
        scores: array of N floats, the higher the likelier positive.

    Returns: three arrays.
        precision: TP / (TP + FP) at each threshold, then a 1.
        recall: TP / (TP + FN) at each threshold, then a 0.
        thresholds: the scores that occur, each once, lowest first. There is one less of them.

    Example:
        y_true [0, 1, 1] with scores [0.2, 0.3, 0.7] gives
        precision [2/3, 1, 1, 1], recall [1, 1, 0.5, 0], thresholds [0.2, 0.3, 0.7].
    """
    raise NotImplementedError("precision_recall_curve is not written yet")
