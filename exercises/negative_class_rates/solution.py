"""Specificity, negative predictive value and false positive rate, from their definitions."""


def negative_class_rates(tp, fp, fn, tn):
    """Return the tuple (specificity, npv, fpr); none of the three reads tp."""
    specificity = _share(tn, tn + fp)
    negative_predictive_value = _share(tn, tn + fn)
    false_positive_rate = _share(fp, fp + tn)
    return specificity, negative_predictive_value, false_positive_rate


def _share(part, whole):
    return part / whole if whole > 0 else 0.0
