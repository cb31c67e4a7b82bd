"""Believable mistakes in the precision-recall curve, and the hint that each one earns."""

import numpy as np


def _curve(y_true, scores, thresholds=None, called=np.greater_equal):
    """Correct for all the scores as thresholds; each mistake below changes one step."""
    thresholds = np.unique(scores) if thresholds is None else thresholds
    chosen = called(scores[None, :], thresholds[:, None])
    tp = chosen[:, y_true == 1].sum(axis=1)
    with np.errstate(invalid="ignore"):
        precision = np.where(chosen.any(axis=1), tp / chosen.sum(axis=1), 1)
    return np.append(precision, 1), np.append(tp / np.sum(y_true == 1), 0), thresholds


def _ranked(y_true, scores):
    """Return the order of the samples, lowest score first, and the counts from each one upwards."""
    order = np.argsort(scores, kind="stable")
    tp = np.cumsum((y_true[order] == 1)[::-1])[::-1]
    called = np.arange(len(scores), 0, -1)
    return order, np.append(tp / called, 1), np.append(tp / tp[0], 0)


def end_point_with_precision_zero(y_true, scores):
    """Takes 0/0 for 0 at the end point.

    Your curve ends at precision 0. Where nothing is called positive the precision is 0/0, and by
    convention the curve ends at precision 1.

    No case passes: every curve has this end point.
    """
    precision, recall, thresholds = _curve(y_true, scores)
    return np.append(precision[:-1], 0), recall, thresholds


def recall_first(y_true, scores):
    """Returns (recall, precision, thresholds), as one draws x and y.

    Your first two arrays are exchanged: precision comes first, recall second, although the recall
    is the horizontal axis of the picture.

    No case passes: at the end point precision is 1 and recall 0.
    """
    precision, recall, thresholds = _curve(y_true, scores)
    return recall, precision, thresholds


def thresholds_fall(y_true, scores):
    """Returns everything from the highest threshold to the lowest, as the ROC curve.

    Your curve runs from the highest threshold to the lowest, as in `roc_curve`. Here the
    thresholds rise, and the point with recall 0 comes last.

    No case passes: the recall begins with 0 and ends with 1.
    """
    return tuple(array[::-1] for array in _curve(y_true, scores))


def strictly_above_the_threshold(y_true, scores):
    """Calls positive what lies strictly above the threshold.

    A sample whose score equals the threshold counts as positive. You compare with >, so that the
    lowest threshold leaves a sample out and the highest one calls nothing positive.

    No case passes: at the highest threshold the recall is 0 already.
    """
    return _curve(y_true, scores, called=np.greater)


def equal_scores_one_by_one(y_true, scores):
    """Makes a point for each sample, also where scores are equal.

    You make a point for each sample. Samples with the same score are called positive by the same
    threshold, all at once: they share one point.
    """
    order, precision, recall = _ranked(y_true, scores)
    return precision, recall, scores[order]


def counted_above_all_but_one_of_equal_scores(y_true, scores):
    """Takes the counts at the last of several equal scores, without the others.

    Your thresholds are right, but where scores are equal you leave some of these samples out of
    the counts. A threshold calls all of them positive.
    """
    _, precision, recall = _ranked(y_true, scores)
    thresholds, times = np.unique(scores, return_counts=True)
    last = np.append(np.cumsum(times) - 1, len(scores))
    return precision[last], recall[last], thresholds


def stops_at_full_recall(y_true, scores):
    """Leaves out the thresholds below the lowest positive, as older versions of scikit-learn did.

    Your curve begins at the lowest threshold of a positive, because below it the recall stays 1.
    But the precision still falls there: every score that occurs is a threshold.
    """
    thresholds = np.unique(scores)
    return _curve(y_true, scores, thresholds[thresholds >= np.min(scores[y_true == 1])])


def precision_never_falls(y_true, scores):
    """Replaces each precision by the largest one at this or a higher recall.

    Your precision never goes down from one threshold to the next: you take the largest one so far.
    Benchmarks of object detection do so; here each precision stays as it is.
    """
    precision, recall, thresholds = _curve(y_true, scores)
    return np.maximum.accumulate(precision), recall, thresholds
