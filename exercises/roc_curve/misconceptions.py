"""Believable mistakes in the ROC curve, and the hint that each one earns."""

import numpy as np


def _thresholds(scores):
    return np.append(np.inf, np.unique(scores)[::-1])


def _counts(y_true, called_positive):
    """Return (tp, fp, fn, tn)."""
    positive = y_true == 1
    return tuple(
        np.sum(chosen)
        for chosen in (
            called_positive & positive,
            called_positive & ~positive,
            ~called_positive & positive,
            ~called_positive & ~positive,
        )
    )


def _curve(y_true, scores, thresholds, called=np.greater_equal, fpr=None):
    """Correct; each mistake below changes one of its steps."""
    counts = [_counts(y_true, called(scores, threshold)) for threshold in thresholds]
    fpr = fpr or (lambda tp, fp, fn, tn: fp / (fp + tn))
    with np.errstate(invalid="ignore"):
        fprs = np.array([fpr(*count) for count in counts])
    tprs = np.array([tp / (tp + fn) for tp, _, fn, _ in counts])
    return fprs, tprs, thresholds


def equal_scores_one_by_one(y_true, scores):
    """Makes a point for each sample, also where scores are equal.

    You make a point for each sample. Samples with the same score are called positive by the same
    threshold, all at once: they share one point.
    """
    order = np.argsort(-scores, kind="stable")
    ranked = y_true[order] == 1
    fpr = np.append(0, np.cumsum(~ranked)) / np.sum(~ranked)
    tpr = np.append(0, np.cumsum(ranked)) / np.sum(ranked)
    return fpr, tpr, np.append(np.inf, scores[order])


def counted_at_the_first_of_equal_scores(y_true, scores):
    """Takes the running counts at the first of several equal scores.

    Your thresholds are right, but where scores are equal you read the counts too early: at the
    first of these samples. A threshold calls all of them positive.
    """
    order = np.argsort(-scores, kind="stable")
    ranked = y_true[order] == 1
    _, first = np.unique(-scores[order], return_index=True)
    fpr = np.append(0, np.cumsum(~ranked)[first]) / np.sum(~ranked)
    tpr = np.append(0, np.cumsum(ranked)[first]) / np.sum(ranked)
    return fpr, tpr, _thresholds(scores)


def axes_swapped(y_true, scores):
    """Returns (tpr, fpr, thresholds).

    Your two rates are exchanged. The false positive rate, the horizontal axis of the curve, comes
    first.
    """
    fpr, tpr, thresholds = _curve(y_true, scores, _thresholds(scores))
    return tpr, fpr, thresholds


def false_positives_among_all_errors(y_true, scores):
    """Computes FP / (FP + FN) for the false positive rate, as a slide of BME prints it.

    Your false positive rate has all the errors, FP + FN, below the line, as one of the slides
    does. That is an erratum: the rate is a share of the negatives.
    """

    def ratio(tp, fp, fn, tn):
        return fp / (fp + fn) if fp + fn else 0.0

    return _curve(y_true, scores, _thresholds(scores), fpr=ratio)


def false_positives_among_those_called_positive(y_true, scores):
    """Computes FP / (FP + TP) for the false positive rate.

    Your false positive rate is the share of the false among those called positive. Its divisor is
    the number of negatives, which is the same at every threshold.

    No case passes: when everything is called positive, some of it is right, and the last rate is
    not 1.
    """

    def ratio(tp, fp, fn, tn):
        return fp / (fp + tp) if fp + tp else 0.0

    return _curve(y_true, scores, _thresholds(scores), fpr=ratio)


def points_on_a_line_left_out(y_true, scores):
    """Leaves out the points between two others on a straight line, as scikit-learn does.

    You leave out points that lie on a straight line between their neighbours. The curve looks the
    same without them, but here every score that occurs keeps its point.
    """
    fpr, tpr, thresholds = _curve(y_true, scores, _thresholds(scores))
    corner = (np.abs(np.diff(fpr[1:], 2)) > 1e-9) | (np.abs(np.diff(tpr[1:], 2)) > 1e-9)
    kept = np.concatenate([[True, True], corner, [True]]) if len(fpr) > 3 else slice(None)
    return fpr[kept], tpr[kept], thresholds[kept]


def strictly_above_the_threshold(y_true, scores):
    """Calls positive what lies strictly above the threshold.

    A sample whose score equals the threshold counts as positive. You compare with >, so that your
    curve comes one step late and never reaches (1, 1).

    No case passes: the lowest threshold calls everything positive, and this one never does.
    """
    return _curve(y_true, scores, _thresholds(scores), called=np.greater)


def starts_at_the_highest_score(y_true, scores):
    """Has no point (0, 0): the first threshold is the highest score.

    Your curve does not start at (0, 0). Before the highest score stands the threshold infinity,
    which calls nothing positive.

    No case passes: the first point is missing everywhere.
    """
    return _curve(y_true, scores, _thresholds(scores)[1:])


def first_threshold_is_the_highest_score_plus_one(y_true, scores):
    """Starts at the highest score plus 1, as older versions of scikit-learn did.

    Your rates are right, but the first threshold is a number just above the scores. Here it is
    infinity, which lies above any score.

    No case passes: the first threshold is always another one.
    """
    fpr, tpr, thresholds = _curve(y_true, scores, _thresholds(scores))
    return fpr, tpr, np.append(np.max(scores) + 1, thresholds[1:])


def thresholds_from_a_grid(y_true, scores):
    """Tries the thresholds 1, 0.9, ..., 0 instead of the scores.

    You try fixed thresholds from 1 to 0. Between two of them several samples may change sides, and
    scores need not lie there: the scores themselves are the thresholds that matter.

    No case passes: the thresholds are not the scores, and infinity is not among them.
    """
    return _curve(y_true, scores, np.linspace(1, 0, 11))
