"""Loss functions of classifiers: lower is better."""

import math

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import check_choice, check_shape
from reference.backends import load_kernels
from reference.reductions import REDUCTIONS, Loss, make_room, reduce
from reference.targets import (
    check_classes,
    check_unit_interval,
    flatten,
    read_class_targets,
    read_distributions,
    read_log_base,
    read_predictions,
    read_rows,
    read_samples,
    read_targets,
    split_rows,
)

# Where a logarithm would be infinite, its argument counts as this: the smallest positive normal
# number of the dtype. Every normal prediction keeps its exact loss, none is infinite, and the loss
# still falls steadily. The largest loss is -ln of it: 708.4 in float64, 87.3 in float32.
SMALLEST_PREDICTION = {
    np.dtype(np.float32): float(np.finfo(np.float32).tiny),
    np.dtype(np.float64): float(np.finfo(np.float64).tiny),
}


def cross_entropy(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    base: float = math.e,
    reduction: str = "mean",
    backend: str = "cpu",
) -> Loss:
    """Return the cross-entropy of predicted probabilities against the targets.

    loss[n] = -sum_k targets[n, k] * log(predictions[n, k])

    Arguments:
        predictions: probabilities, shape (N, K), or (K,) for one sample; each in [0, 1]. N may
            be 0.
        targets: one-hot or soft, of the shape of predictions, each in [0, 1]; or the index of the
            right class, integers from 0 to K - 1 of shape (N,), or one integer for one sample.
        base: of the logarithm, positive and not 1.
        reduction: "mean" over the samples (of none: NaN), "sum" over them, or "none".
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a number, or the losses of shape (N,) for "none" (one sample: a number). Its dtype is
    float32 for float32 predictions, else float64.

    Conventions: these are probabilities. torch.nn.functional.cross_entropy takes logits instead;
    that is softmax_cross_entropy. Rows need not sum to 1. The mean divides by the samples, not by
    the elements. BME takes the natural logarithm, ELTE and UFV base 10, though both write log.
    0*log(0) is 0. A prediction below reference.losses.SMALLEST_PREDICTION (the smallest positive
    normal number of its dtype: 2.2e-308 in float64, 1.2e-38 in float32) is clipped to it, so that a
    wrong certainty costs 708.4 or 87.3 nats, not infinity. A NaN in a row makes its loss NaN.

    Raises ValueError for values outside [0, 1], shapes that do not fit, an impossible base, an
    unknown reduction or backend; TypeError for other dtypes.

    Source: BME, case bme-ce-1 (1.38); UFV, Lecture 04, case ufv-ce-72 (0.14267, base 10).

    >>> float(cross_entropy([[0.5, 0.5], [0.25, 0.75]], [[1, 0], [1, 0]], base=2))  # (1 + 2) / 2
    1.5
    >>> float(cross_entropy([[0.5, 0.5], [0.25, 0.75]], [0, 0], base=2, reduction="sum"))
    3.0
    """
    predictions = read_rows("predictions", predictions, backend, targets)
    check_unit_interval("predictions", predictions, "; for logits there is softmax_cross_entropy")
    log_base = read_log_base(base)
    check_choice("reduction", reduction, REDUCTIONS)
    weights, labels = read_class_targets(targets, predictions, "predictions", backend)
    kernels = load_kernels("losses", backend)
    rows = split_rows(predictions)
    losses = make_room(predictions.shape[:-1], predictions)
    smallest = SMALLEST_PREDICTION[predictions.dtype]
    if labels is None:
        kernels.cross_entropy(flatten(losses), rows, weights, smallest, log_base)
    else:
        kernels.cross_entropy_of_labels(flatten(losses), rows, labels, smallest, log_base)
    return reduce(losses, reduction, predictions.dtype)


def binary_cross_entropy(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    base: float = math.e,
    reduction: str = "mean",
    backend: str = "cpu",
) -> Loss:
    """Return the cross-entropy of predicted probabilities of "yes", each element by itself.

    loss = -(target * log(prediction) + (1 - target) * log(1 - prediction))

    Arguments:
        predictions: probabilities of class 1, any shape, each in [0, 1].
        targets: the classes 0 and 1 (or probabilities), of the shape of predictions.
        base: of the logarithm, positive and not 1.
        reduction: "mean" over all elements (of none: NaN), "sum" over them, or "none".
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a number, or the losses in the shape of predictions for "none". Its dtype is float32
    for float32 predictions, else float64.

    Conventions: the mean divides by all elements, as PyTorch does; with several outputs a sample
    (k sigmoids, multi-hot targets) this is not the mean over samples. ELTE and UFV take base 10.
    0*log(0) is 0. A logarithm of 0 is clipped: 0 counts as reference.losses.SMALLEST_PREDICTION, so
    that a wrong certainty costs 708.4 nats in float64 and 87.3 in float32. PyTorch clamps
    logarithms at -100. A NaN gives NaN.

    Raises ValueError for values outside [0, 1], shapes that differ, an impossible base, an unknown
    reduction or backend; TypeError for other dtypes.

    Source: UFV, Lecture 04, cases ufv-bce-0.2, ufv-bce-0.92, ufv-bce-0.65; ELTE, Lecture 3, cases
    elte-bce-0.73 and elte-bce-perfect; torch.nn.functional.binary_cross_entropy.

    >>> float(binary_cross_entropy([0.5, 0.25], [1, 1], base=2))  # (1 + 2) / 2
    1.5
    >>> float(binary_cross_entropy(0.75, 0, base=2))  # -log2(1 - 0.75)
    2.0
    """
    predictions = read_predictions("predictions", predictions, backend, targets)
    check_unit_interval("predictions", predictions, "; for logits there is sigmoid")
    weights = read_distributions(read_targets(targets, predictions), backend)
    check_shape("targets", weights, predictions.shape, "predictions")
    log_base = read_log_base(base)
    check_choice("reduction", reduction, REDUCTIONS)
    kernels = load_kernels("losses", backend)
    losses = make_room(predictions.shape, predictions)
    smallest = SMALLEST_PREDICTION[predictions.dtype]
    flat = (array.reshape(-1) for array in (losses, predictions, weights))
    kernels.binary_cross_entropy(*flat, smallest, log_base)
    return reduce(losses, reduction, predictions.dtype)


def softmax_cross_entropy(
    logits: ArrayLike, targets: ArrayLike, *, reduction: str = "mean", backend: str = "cpu"
) -> Loss:
    """Return the cross-entropy of softmax(logits) against the targets, in nats.

    loss[n] = -sum_k targets[n, k] * log_softmax(logits[n])[k]

    It is computed from log_softmax: a class of a probability too small for a float costs what it
    should, not infinity.

    Arguments:
        logits: scores before the softmax, shape (N, K), or (K,) for one sample. N may be 0.
        targets: one-hot or soft, of the shape of logits, each in [0, 1]; or the index of the right
            class, integers from 0 to K - 1 of shape (N,), or one integer for one sample.
        reduction: "mean" over the samples (of none: NaN), "sum" over them, or "none".
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a number, or the losses of shape (N,) for "none" (one sample: a number). Its dtype is
    float32 for float32 logits, else float64.

    Conventions: torch.nn.functional.cross_entropy. The natural logarithm; the mean divides by the
    samples. A logit of -inf has probability 0, and costs nothing where its target is 0. A NaN, a
    +inf, or nothing but -inf in a row makes its loss NaN.

    Raises ValueError for targets outside [0, 1], shapes that do not fit, an unknown reduction or
    backend; TypeError for other dtypes.

    Source: the categorical cross-entropy of BME (case bme-ce-1) of ELTE's softmax (case
    elte-softmax-correct); torch.nn.functional.cross_entropy.

    >>> float(softmax_cross_entropy([[0.0, 0.0]], [1]).round(4))  # ln 2
    0.6931
    >>> float(softmax_cross_entropy([0.0, -1000.0], 1))
    1000.0
    """
    logits, weights, labels = read_samples("logits", logits, targets, backend)
    check_choice("reduction", reduction, REDUCTIONS)
    rows = split_rows(logits)
    losses = make_room(logits.shape[:-1], logits)
    kernels = load_kernels("losses", backend)
    if labels is None:
        kernels.softmax_cross_entropy(flatten(losses), rows, weights)
    elif not kernels.softmax_cross_entropy_of_labels(flatten(losses), rows, labels):
        check_classes(targets, logits)
    return reduce(losses, reduction, logits.dtype)
