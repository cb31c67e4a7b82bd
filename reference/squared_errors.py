"""Squared errors: the losses of regression."""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.arguments import (
    FloatArray,
    check_choice,
    check_shape,
    load_device_arrays,
    read_floats,
)
from reference.backends import load_kernels
from reference.reductions import Doubles, Loss, add_up, fill_like, make_room, read_grad, reduce

REDUCTIONS = ("mean", "sum", "per_sample", "none")


def mse(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    backend: str = "cpu",
) -> Loss:
    """Return the mean squared error of predictions against targets.

    loss = mean over all elements of (prediction - target)^2

    Arguments:
        predictions: any shape.
        targets: of the shape of predictions.
        reduction: "mean" over all elements; "per_sample": summed over everything but the first
            axis, then the mean over the first; "sum" of all; "none": the squares. The means of
            nothing are NaN.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a number, or the squares in the shape of predictions for "none"; float32 when both
    arrays are float32, else float64.

    Conventions: PyTorch and scikit-learn average over all elements. BME sums the squares over the
    classes and averages over the samples only: "per_sample", 0.8467 where "mean" gives 0.2822.

    Raises ValueError for shapes that differ, "per_sample" of a single number, an unknown reduction
    or backend; TypeError for other dtypes.

    Source: BME, case bme-ce-1 (rows 1.46, 0.54, 0.54; 0.847); torch.nn.functional.mse_loss.

    >>> float(mse([[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [3.0, 2.0]]))  # (0 + 4 + 0 + 4) / 4
    2.0
    >>> float(mse([[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [3.0, 2.0]], reduction="per_sample"))
    4.0
    """
    predictions, targets = _read(predictions, targets, reduction, backend)
    if reduction == "none":
        return reduce(_square(predictions, targets, backend), "none", predictions.dtype)
    count = _count(predictions, reduction)
    total = _add_squares(predictions, targets, backend)
    return predictions.dtype.type(total / count if count else math.nan)


def rmse(predictions: ArrayLike, targets: ArrayLike, *, backend: str = "cpu") -> Loss:
    """Return the root of the mean squared error over all elements.

    loss = sqrt(mean over all elements of (prediction - target)^2)

    Arguments:
        predictions: any shape.
        targets: of the shape of predictions.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: a number; float32 when both arrays are float32, else float64.

    Conventions: one root over all elements, as scikit-learn has it for one output; not the mean of
    roots. Of nothing it is NaN.

    Raises ValueError for shapes that differ or an unknown backend; TypeError for other dtypes.

    Source: the lectures' formula sqrt(mean((y - yhat)^2)); sklearn.metrics.root_mean_squared_error.

    >>> float(rmse([1.0, 2.0, 3.0, 4.0], [1.0, 0.0, 3.0, 0.0]).round(4))  # sqrt((4 + 16) / 4)
    2.2361
    """
    predictions, targets = _read(predictions, targets, "mean", backend)
    return predictions.dtype.type(_root(predictions, targets, backend))


def mse_backward(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    reduction: str = "mean",
    grad_output: ArrayLike = 1.0,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of mse with respect to the predictions.

    grad = 2 * grad_output * (prediction - target) / n

    where n is the number of elements for "mean", of samples for "per_sample", else 1.

    Arguments:
        predictions, targets, reduction: as in mse.
        grad_output: the gradient with respect to the loss, a number; with reduction="none" also
            an array of the losses' shape.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of predictions; float32 when both arrays are float32, else float64.

    Conventions: "sum" is the form of the lecture of NCU, dA2 = 2 * (A2 - y).

    Raises ValueError and TypeError as mse, and for a grad_output that does not fit.

    Source: NCU, case ncu-mlp; torch.autograd.

    >>> mse_backward([1.0, 2.0], [0.0, 4.0], reduction="sum")
    array([ 2., -4.])
    """
    predictions, targets = _read(predictions, targets, reduction, backend)
    count = max(1, _count(predictions, reduction))
    if type(grad_output) is float:
        each: Any = np.float64(2.0 * grad_output / count)
        return _differences(predictions, targets, each, backend)
    grad = read_grad(grad_output, predictions)
    if grad.ndim > 0:
        expected = predictions.shape if reduction == "none" else ()
        check_shape("grad_output", grad, expected, f"the loss for reduction={reduction!r}")
    if isinstance(grad, np.ndarray):
        each = 2.0 * grad.astype(np.float64) / count
    else:  # goes with the reduction "none", which divides by nothing
        each = load_device_arrays().scale(grad, 2.0)
    return _differences(predictions, targets, each, backend)


def rmse_backward(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    grad_output: ArrayLike = 1.0,
    backend: str = "cpu",
) -> FloatArray:
    """Return the gradient of rmse with respect to the predictions.

    grad = grad_output * (prediction - target) / (n * rmse)     n: the number of elements

    Arguments:
        predictions, targets: as in rmse.
        grad_output: the gradient with respect to the loss, a number.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: the shape of predictions; float32 when both arrays are float32, else float64.

    Conventions: where the error is 0 the root has no derivative; the result is 0, one of its
    subgradients (PyTorch gives NaN). The squares of differences below 1.5e-162 are 0.

    Raises ValueError and TypeError as rmse, and for a grad_output that is no number.

    Source: the derivative of the lectures' formula sqrt(mean((y - yhat)^2)); torch.autograd.

    >>> rmse_backward([3.0, 4.0], [0.0, 0.0]).round(4)  # 3 / (2 * 3.5355), 4 / (2 * 3.5355)
    array([0.4243, 0.5657])
    """
    predictions, targets = _read(predictions, targets, "mean", backend)
    grad = read_grad(grad_output, predictions)
    check_shape("grad_output", grad, (), "the loss")
    root = _root(predictions, targets, backend)
    each = np.float64(grad) / (predictions.size * root) if root != 0 else np.float64(0)
    return _differences(predictions, targets, each, backend)


def _read(
    predictions: ArrayLike, targets: ArrayLike, reduction: str, backend: str = "cpu"
) -> tuple[FloatArray, FloatArray]:
    predictions, targets = read_floats(backend, predictions=predictions, targets=targets)
    check_shape("targets", targets, predictions.shape, "predictions")
    check_choice("reduction", reduction, REDUCTIONS)
    if reduction == "per_sample" and predictions.ndim == 0:
        raise ValueError("predictions: got a single number, expected samples along the first axis")
    return predictions, targets


def _count(predictions: FloatArray, reduction: str) -> int:
    """Return by how many the sum of the squares is divided."""
    samples = predictions.shape[0] if predictions.ndim else 1
    return {"mean": predictions.size, "per_sample": samples}.get(reduction, 1)


def _square(predictions: FloatArray, targets: FloatArray, backend: str) -> Doubles:
    """Return the squares of the differences."""
    squares = make_room(predictions.shape, predictions)
    flat = (array.reshape(-1) for array in (squares, predictions, targets))
    load_kernels("squared_errors", backend).mse(*flat)
    return squares


def _add_squares(predictions: FloatArray, targets: FloatArray, backend: str) -> float:
    """Return the sum of the squares of the differences."""
    if backend != "cpu":
        return add_up(_square(predictions, targets, backend))
    kernels = load_kernels("squared_errors", backend)
    total: float = kernels.mse_total(predictions.reshape(-1), targets.reshape(-1))
    return total


def _root(predictions: FloatArray, targets: FloatArray, backend: str) -> float:
    doubles = (array.astype(np.float64, copy=False) for array in (predictions, targets))
    return math.sqrt(mse(*doubles, backend=backend))


def _differences(
    predictions: FloatArray, targets: FloatArray, each: Any, backend: str
) -> FloatArray:
    """Return the differences times each, a number or an array of the shape of predictions."""
    if each.ndim == 0:
        factors: Any = float(each)
        if backend == "cuda":
            factors = fill_like(factors, (predictions.size,), predictions)
    else:
        factors = each.reshape(-1)
    out = np.empty_like(predictions)
    flat = (array.reshape(-1) for array in (out, predictions, targets))
    load_kernels("squared_errors", backend).mse_backward(*flat, factors)
    return out
