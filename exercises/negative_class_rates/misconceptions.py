"""Believable mistakes in the rates of the negative class, and the hint that each one earns."""

import math


def _share(part, whole, undefined=0.0):
    return part / whole if whole > 0 else undefined


def _rates(fp, fn, tn, undefined=0.0):
    return (
        _share(tn, tn + fp, undefined),
        _share(tn, tn + fn, undefined),
        _share(fp, fp + tn, undefined),
    )


def false_positives_among_all_errors(tp, fp, fn, tn):
    """Computes FP / (FP + FN) for the false positive rate, as a slide prints it.

    Your false positive rate has all the errors, FP + FN, below the line, as one of the slides
    does. That is an erratum: the rate is a share of the negatives.
    """
    specificity, npv, _ = _rates(fp, fn, tn)
    return specificity, npv, _share(fp, fp + fn)


def false_positives_among_those_called_positive(tp, fp, fn, tn):
    """Computes the false discovery rate FP / (FP + TP) for the false positive rate.

    Your false positive rate is the share of the false among those called positive, 1 - precision.
    It has the negatives below the line: all samples that should not have been called.
    """
    specificity, npv, _ = _rates(fp, fn, tn)
    return specificity, npv, _share(fp, fp + tp)


def false_positives_among_all_samples(tp, fp, fn, tn):
    """Divides the false positives by the number of samples.

    Your false positive rate is a share of all the samples. Only a negative can become a false
    positive, so only the negatives stand below the line.
    """
    specificity, npv, _ = _rates(fp, fn, tn)
    return specificity, npv, _share(fp, tp + fp + fn + tn)


def specificity_is_the_recall(tp, fp, fn, tn):
    """Computes TP / (TP + FN), the sensitivity, for the specificity.

    Your specificity is the sensitivity (the recall), the share of the positives that were found.
    The specificity asks the same about the negatives.
    """
    _, npv, fpr = _rates(fp, fn, tn)
    return _share(tp, tp + fn), npv, fpr


def negative_predictive_value_is_one_minus_precision(tp, fp, fn, tn):
    """Takes 1 - precision for the negative predictive value, as if the two added to 1.

    You take 1 - precision for the negative predictive value. Precision is a share of those called
    positive; this is a share of those called negative, who are other samples.
    """
    specificity, _, fpr = _rates(fp, fn, tn)
    return specificity, _share(fp, tp + fp), fpr


def specificity_and_predictive_value_swapped(tp, fp, fn, tn):
    """Returns the negative predictive value first.

    Your first two rates are exchanged. The specificity is a share of what is negative, the
    negative predictive value a share of what was called negative.
    """
    specificity, npv, fpr = _rates(fp, fn, tn)
    return npv, specificity, fpr


def one_minus_the_specificity_without_negatives(tp, fp, fn, tn):
    """Takes 1 - specificity for the false positive rate, also where both are 0/0.

    Your false positive rate is 1 where there is no negative at all. Then it is 0/0, and counts as
    0 here: nobody raised a false alarm.
    """
    specificity, npv, _ = _rates(fp, fn, tn)
    return specificity, npv, 1 - specificity


def nothing_over_nothing_is_nan(tp, fp, fn, tn):
    """Returns NaN for 0/0.

    You return NaN where there is nothing to divide by. In this exercise such a rate counts as 0.
    """
    return _rates(fp, fn, tn, undefined=math.nan)


def nothing_over_nothing_is_one(tp, fp, fn, tn):
    """Returns 1 for 0/0: no sample was treated wrongly.

    You return 1 where there is nothing to divide by. One can argue for it, but in this exercise
    such a rate counts as 0.
    """
    return _rates(fp, fn, tn, undefined=1.0)


def division_by_zero_not_thought_of(tp, fp, fn, tn):
    """Divides Python's whole numbers without a look at the divisor.

    Your code divides by zero where no sample is negative, or where none was called so. Such a rate
    counts as 0 here: ask before you divide.
    """
    return tn / (tn + fp), tn / (tn + fn), fp / (fp + tn)
