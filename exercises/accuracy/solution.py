"""Accuracy, from its definition."""


def accuracy(y_true, y_pred):
    """Return the share of the samples whose class was predicted right."""
    right = 0
    for target, prediction in zip(y_true, y_pred, strict=True):
        if target == prediction:
            right += 1
    return right / len(y_true)
