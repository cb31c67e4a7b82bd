"""Binary cross-entropy of many labels, from the logits."""

import numpy as np


def multi_label_cross_entropy(logits, targets):
    """Return the mean over all samples and labels."""
    # -ln(1 - h) = ln(1 + exp(z)), written so that exp never sees a positive number.
    cost_of_a_no = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))
    # -ln(h) = -ln(1 - h) - z: a "yes" costs z less than a "no".
    return np.mean(cost_of_a_no - logits * targets)
