"""The oracle: writes down every sample, and asks of the samples what the rates say in words."""

import numpy as np


def negative_class_rates(tp, fp, fn, tn):
    """Return the tuple (specificity, npv, fpr)."""
    times = [tp, fp, fn, tn]
    is_negative = np.repeat([False, True, False, True], times)
    called_negative = np.repeat([False, False, True, True], times)
    return (
        _mean(called_negative[is_negative]),
        _mean(is_negative[called_negative]),
        _mean(~called_negative[is_negative]),
    )


def _mean(answers):
    """Return the share of yes; nobody asked counts as 0."""
    return float(np.mean(answers)) if answers.size else 0.0
