"""Calls the student's function and makes a table of its three arrays.

The end point (precision 1, recall 0) has no threshold. Here it gets the threshold infinity, so that
all three have one length.
"""

import numpy as np


def run(entry, inputs):
    """Return [precision, recall, thresholds and infinity], or whatever else came back."""
    answer = entry(**inputs)
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        return answer
    precision, recall, thresholds = answer
    if not all(isinstance(array, np.ndarray) and array.ndim == 1 for array in answer):
        return answer
    if not len(precision) == len(recall) == len(thresholds) + 1:
        raise ValueError(
            f"got {len(precision)} precisions, {len(recall)} recalls and {len(thresholds)}"
            " thresholds: expected one threshold less than points, because the end point"
            " (precision 1, recall 0) has none"
        )
    return [precision, recall, np.append(thresholds, np.inf)]
