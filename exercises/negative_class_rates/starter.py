"""Exercise negative_class_rates.

`grade show negative_class_rates` prints the task, `grade check` looks at your answer.
"""


def negative_class_rates(tp, fp, fn, tn):
    """Return the tuple (specificity, negative predictive value, false positive rate).

    A rate that would be 0/0 is 0.

    Arguments:
        tp: true positives, a whole number from 0.
        fp: false positives: negative, but called positive.
        fn: false negatives: positive, but called negative.
        tn: true negatives.

    Returns: a tuple of three numbers from 0 to 1.

    Example:
        negative_class_rates(tp=2, fp=1, fn=2, tn=3) gives (0.75, 0.6, 0.25).
    """
    raise NotImplementedError("negative_class_rates is not written yet")
