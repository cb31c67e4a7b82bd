"""The gradients of the losses of classifiers with respect to predictions or logits."""

import math

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import FloatArray, check_shape
from reference.backends import load_kernels
from reference.losses import SMALLEST_PREDICTION
from reference.reductions import Loss, make_room, read_grad_output, reduce, share_out
from reference.targets import (
    check_classes,
    check_unit_interval,
    read_class_targets,
    read_distributions,
    read_log_base,
    read_predictions,
    read_rows,
    read_samples,
    read_targets,
    split_rows,
)


def cross_entropy_backward(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    base: float = math.e,
    reduction: str = "mean",
    grad_output: ArrayLike = 1.0,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of cross_entropy with respect to the predictions.

    grad[n, k] = -grad_output[n] * targets[n, k] / (predictions[n, k] * ln(base))

    where the mean over N samples gives each grad_output / N, and the sum grad_output.

    Arguments:
        predictions, targets, base, reduction: as in cross_entropy.
        grad_output: the gradient with respect to the loss, a number; with reduction="none" also
            an array of the losses' shape.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of predictions; float32 for float32 predictions, else float64.

    Conventions: a prediction that the loss clips has the gradient 0, as the clipped loss does not
    change with it. Where the target is 0 the gradient is 0, also at a prediction of 0. The
    probabilities of a row are taken as independent; through a softmax, use
    softmax_cross_entropy_backward.

    Raises ValueError and TypeError as cross_entropy, and for a grad_output that does not fit.

    Source: the derivative of BME's cross-entropy (case bme-ce-1); torch.autograd.

    >>> cross_entropy_backward([[0.5, 0.5], [0.25, 0.75]], [0, 0])  # -1/2 * 1/0.5, -1/2 * 1/0.25
    array([[-1.,  0.],
           [-2.,  0.]])
    """
    predictions = read_rows("predictions", predictions, backend, targets, grad_output)
    check_unit_interval("predictions", predictions, "; for logits there is softmax_cross_entropy")
    log_base = read_log_base(base)
    weights, labels = read_class_targets(targets, predictions, "predictions", backend)
    shape = predictions.shape[:-1]
    grad = read_grad_output(grad_output, reduction, shape, predictions, backend, log_base)
    kernels = load_kernels("loss_gradients", backend)
    out = np.empty_like(predictions)
    rows = split_rows(out), split_rows(predictions)
    smallest = SMALLEST_PREDICTION[predictions.dtype]
    if labels is None:
        kernels.cross_entropy_backward(*rows, weights, grad, smallest)
    else:
        kernels.cross_entropy_backward_of_labels(*rows, labels, grad, smallest)
    return out


def binary_cross_entropy_backward(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    base: float = math.e,
    reduction: str = "mean",
    grad_output: ArrayLike = 1.0,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of binary_cross_entropy with respect to the predictions.

    grad = grad_output * ((1 - target) / (1 - prediction) - target / prediction) / ln(base)

    where the mean over n elements gives each grad_output / n, and the sum grad_output.

    Arguments:
        predictions, targets, base, reduction: as in binary_cross_entropy.
        grad_output: the gradient with respect to the loss, a number; with reduction="none" also
            an array of the losses' shape.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of predictions; float32 for float32 predictions, else float64.

    Conventions: a term whose logarithm the loss clips has the gradient 0, as the clipped term does
    not change. PyTorch divides by max(p * (1 - p), 1e-12) instead.

    Raises ValueError and TypeError as binary_cross_entropy, and for a grad_output that does not
    fit.

    Source: the derivative of UFV's and ELTE's binary cross-entropy (case ufv-bce-0.2);
    torch.autograd.

    >>> binary_cross_entropy_backward([0.5, 0.75], [1, 0], reduction="sum")  # -1/0.5, 1/(1 - 0.75)
    array([-2.,  4.])
    """
    beside = targets, grad_output
    predictions = read_predictions("predictions", predictions, backend, *beside)
    check_unit_interval("predictions", predictions, "; for logits there is sigmoid")
    weights = read_distributions(read_targets(targets, predictions), backend)
    check_shape("targets", weights, predictions.shape, "predictions")
    log_base = read_log_base(base)
    options = reduction, predictions.shape, predictions, backend
    grad = read_grad_output(grad_output, *options, log_base)
    kernels = load_kernels("loss_gradients", backend)
    out = np.empty_like(predictions)
    flat = (array.reshape(-1) for array in (out, predictions, weights))
    kernels.binary_cross_entropy_backward(*flat, grad, SMALLEST_PREDICTION[predictions.dtype])
    return out


def softmax_cross_entropy_backward(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    grad_output: ArrayLike = 1.0,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of softmax_cross_entropy with respect to the logits.

    grad[n, k] = grad_output[n] * (softmax(logits[n])[k] * sum_i targets[n, i] - targets[n, k])

    where the mean over N samples gives each grad_output / N, and the sum grad_output. For one-hot
    targets this is softmax(logits) - targets.

    Arguments:
        logits, targets, reduction: as in softmax_cross_entropy.
        grad_output: the gradient with respect to the loss, a number; with reduction="none" also
            an array of the losses' shape.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of logits; float32 for float32 logits, else float64. Each row sums to 0.

    Conventions: those of softmax_cross_entropy. The right class of a one-hot target gets
    exp(log_softmax) - 1 without cancellation, so that a sure and right prediction still tells how
    sure it is.

    Raises ValueError and TypeError as softmax_cross_entropy, and for a grad_output that does not
    fit.

    Source: the derivative of the softmax and the cross-entropy of ELTE and BME (case
    elte-softmax-correct); torch.autograd.

    >>> softmax_cross_entropy_backward([[0.0, 0.0]], [1])  # 1/2, 1/2 - 1
    array([[ 0.5, -0.5]])
    """
    logits, weights, labels = read_samples("logits", logits, targets, backend, grad_output)
    grad = read_grad_output(grad_output, reduction, logits.shape[:-1], logits, backend)
    out = np.empty_like(logits)
    rows = split_rows(out), split_rows(logits)
    kernels = load_kernels("loss_gradients", backend)
    if labels is None:
        kernels.softmax_cross_entropy_backward(*rows, weights, grad)
    elif not kernels.softmax_cross_entropy_backward_of_labels(*rows, labels, grad):
        check_classes(targets, logits)
    return out


def softmax_cross_entropy_with_gradient(
    logits: ArrayLike, targets: ArrayLike, *, reduction: str = "mean", backend: str = "cpu"
) -> tuple[Loss, FloatArray]:
    """Return softmax_cross_entropy and its gradient with respect to the logits, in one pass.

    loss[n]    = -sum_k targets[n, k] * log_softmax(logits[n])[k]
    grad[n, k] = softmax(logits[n])[k] * sum_i targets[n, i] - targets[n, k]

    where the mean over N samples divides both by N. A step of training needs both, and they share
    the exponentials, which take most of the time.

    Arguments:
        logits, targets, reduction: as in softmax_cross_entropy.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (loss, grad): what softmax_cross_entropy returns, and an array of the shape and the
    dtype that softmax_cross_entropy_backward returns.

    Conventions: those of the two.

    Raises ValueError and TypeError as softmax_cross_entropy.

    Source: that of the two; PyTorch's cross_entropy followed by backward().

    >>> softmax_cross_entropy_with_gradient([[0.0, 0.0]], [1])[1]  # 1/2, 1/2 - 1
    array([[ 0.5, -0.5]])
    """
    logits, weights, labels = read_samples("logits", logits, targets, backend)
    rows = logits if logits.ndim == 2 else split_rows(logits)
    grad = share_out(1.0, reduction, len(rows), rows, backend)
    out, losses = np.empty_like(rows), make_room((len(rows),), rows)
    kernels = load_kernels("loss_gradients", backend)
    if labels is None:
        kernels.softmax_cross_entropy_with_gradient(losses, out, rows, weights, grad)
    elif not kernels.softmax_cross_entropy_with_gradient_of_labels(losses, out, rows, labels, grad):
        check_classes(targets, logits)
    if rows is not logits:
        losses, out = losses.reshape(logits.shape[:-1]), out.reshape(logits.shape)
    return reduce(losses, reduction, logits.dtype), out
