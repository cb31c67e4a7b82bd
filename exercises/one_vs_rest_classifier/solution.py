"""One linear classifier per class, written from the definition."""

import numpy as np


def one_vs_rest_classifier(x, weight, bias):
    """Return the tuple (scores, classes)."""
    classifiers = weight.shape[1]
    scores = np.zeros((len(x), classifiers))
    for k in range(classifiers):
        scores[:, k] = np.sum(x * weight[:, k], axis=1) + bias[k]
    classes = np.argmax(scores, axis=1)  # of equal scores it takes the first
    return scores, classes
