"""The calls of reference.metrics, reference.classification_scores and reference.ranking.

The metrics of scores are ratios of counts, float64 whatever the dtype of the scores; what else
their scores must withstand is in test_reference_ranking.py.
"""

from functools import partial

import numpy as np
from calls import Call, some

import reference

TARGETS, PREDICTIONS = np.array([0, 1, 2, 2, 1, 0, 2]), np.array([0, 2, 2, 1, 1, 0, 0])
BINARY = np.array([0, 1, 1, 1, 0, 0, 1, 0])
SCORES = some(8).round(1)

CALLS: list[Call] = [
    Call("confusion_matrix", reference.confusion_matrix, (), (TARGETS, PREDICTIONS)),
    Call(
        "one_vs_rest_counts",
        partial(reference.one_vs_rest_counts, k=1),
        (),
        (np.eye(3, dtype=int),),
    ),
    Call("accuracy", reference.accuracy, (), (TARGETS, PREDICTIONS)),
]
CALLS += [
    Call(name, partial(getattr(reference, name), average=average), (), labels, variant=str(average))
    for name in (
        *("precision", "recall", "specificity", "f1"),
        *("negative_predictive_value", "false_positive_rate"),
    )
    for average, labels in (
        ("binary", (BINARY, np.roll(BINARY, 1))),
        ("macro", (TARGETS, PREDICTIONS)),
        (None, (TARGETS, PREDICTIONS)),
    )
]
CALLS += [
    Call(name, partial(getattr(reference, name), scores=SCORES), (), (BINARY,))
    for name in ("roc_curve", "roc_auc", "precision_recall_curve", "average_precision")
]
